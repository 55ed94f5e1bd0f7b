package dev.slipway.parse;

import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.HealthcheckInstruction;
import dev.slipway.dockerfile.InstructionSource;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Blanks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads HEALTHCHECK. */
final class HealthcheckReader {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final InstructionText instruction;
  private final Problems problems;
  private final FlagReader flags;

  HealthcheckReader(InstructionText instruction, Problems problems) {
    this.instruction = instruction;
    this.problems = problems;
    this.flags =
        new FlagReader(
            instruction,
            problems,
            "interval",
            "timeout",
            "start-period",
            "start-interval",
            "retries");
  }

  @Nullable HealthcheckInstruction read(InstructionSource source) {
    if (!instruction.hasArguments()) {
      problems.error(instruction.keywordSpan(), "HEALTHCHECK requires at least one argument");
      return null;
    }
    String text = instruction.line().text();
    int start = instruction.argumentsStart();
    int end = instruction.argumentsEnd();
    int typeEnd = start;
    while (typeEnd < end && !Blanks.isBlank(text.charAt(typeEnd))) {
      typeEnd++;
    }
    String type = text.substring(start, typeEnd);
    int rest = Blanks.skip(text, typeEnd, end);
    if (type.equalsIgnoreCase("NONE")) {
      if (rest < end) {
        problems.error(instruction.line().span(rest, end), "HEALTHCHECK NONE takes no arguments");
      }
      return new HealthcheckInstruction(source, null, null, null, null, null, null);
    }
    if (!type.equalsIgnoreCase("CMD")) {
      problems.error(
          instruction.line().span(start, typeEnd),
          "unknown type \"" + type + "\" in HEALTHCHECK (try CMD)",
          "expected CMD or NONE");
      return null;
    }
    Command test = Arguments.command(instruction, rest, problems);
    if (rest == end || (test instanceof Command.ExecForm exec && exec.arguments().isEmpty())) {
      problems.error(
          instruction.line().span(start, typeEnd), "missing command after HEALTHCHECK CMD");
      return null;
    }
    if (test == null) {
      return null;
    }
    return new HealthcheckInstruction(
        source,
        test,
        duration("interval"),
        duration("timeout"),
        duration("start-period"),
        duration("start-interval"),
        retries());
  }

  /** Zero counts as not given. */
  private @Nullable Duration duration(String name) {
    Word value = flags.word(name);
    if (value == null) {
      return null;
    }
    Duration duration = GoDuration.parse(value.text());
    if (duration == null) {
      problems.error(
          value.span(),
          "invalid duration \"" + value.text() + "\" for --" + name,
          "write it as 30s, 1m30s or 500ms");
      return null;
    }
    if (duration.isZero()) {
      return null;
    }
    if (duration.compareTo(SHORTEST) < 0) {
      problems.error(
          value.span(), "interval \"" + name + "\" cannot be less than 1ms, found " + value.text());
      return null;
    }
    return duration;
  }

  private @Nullable Integer retries() {
    Word value = flags.word("retries");
    if (value == null) {
      return null;
    }
    try {
      int retries = Integer.parseInt(value.text());
      if (retries < 0) {
        problems.error(value.span(), "--retries cannot be negative (" + retries + ")");
      }
      return retries;
    } catch (NumberFormatException e) {
      problems.error(value.span(), "invalid number \"" + value.text() + "\" for --retries");
      return null;
    }
  }
}
