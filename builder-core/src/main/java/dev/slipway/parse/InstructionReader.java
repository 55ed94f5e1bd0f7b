package dev.slipway.parse;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.EntrypointInstruction;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.ExposeInstruction;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.InstructionSource;
import dev.slipway.dockerfile.Keyword;
import dev.slipway.dockerfile.LabelInstruction;
import dev.slipway.dockerfile.MaintainerInstruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.ShellInstruction;
import dev.slipway.dockerfile.StopsignalInstruction;
import dev.slipway.dockerfile.UserInstruction;
import dev.slipway.dockerfile.VolumeInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.WorkdirInstruction;
import dev.slipway.dockerfile.shell.Blanks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes an instruction of its text, or reports what is wrong with it. */
final class InstructionReader {
  private final Problems problems;

  InstructionReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param span the whole instruction
   * @param comments those above it
   * @return null after an error
   */
  @Nullable Instruction read(InstructionText text, SourceSpan span, List<String> comments) {
    Keyword keyword = Keyword.of(text.keyword());
    if (keyword == null) {
      reportUnknown(text);
      return null;
    }
    InstructionSource source =
        new InstructionSource(
            keyword,
            text.keyword(),
            text.keywordSpan(),
            span,
            text.trimmed(),
            text.flags(),
            comments);
    int errors = problems.count();
    Instruction instruction = read(text, source);
    return problems.count() == errors ? instruction : null;
  }

  private @Nullable Instruction read(InstructionText text, InstructionSource source) {
    return switch (source.keyword()) {
      case ADD -> new CopyReader(text, "ADD", problems).add(source);
      case ARG -> {
        FlagReader.refuseAll(text, problems);
        yield new ArgInstruction(source, new KeyValues(text, "ARG", problems).definitions());
      }
      case CMD -> {
        Command command = flaglessCommand(text);
        yield command == null ? null : new CmdInstruction(source, command);
      }
      case COPY -> new CopyReader(text, "COPY", problems).copy(source);
      case ENTRYPOINT -> {
        Command command = flaglessCommand(text);
        yield command == null ? null : new EntrypointInstruction(source, command);
      }
      case ENV -> {
        FlagReader.refuseAll(text, problems);
        KeyValues.Pairs pairs = new KeyValues(text, "ENV", problems).pairs();
        yield new EnvInstruction(source, pairs.pairs(), pairs.legacy());
      }
      case EXPOSE -> {
        FlagReader.refuseAll(text, problems);
        yield new ExposeInstruction(source, atLeastOne(text, Words.separated(text)));
      }
      case FROM -> new FromReader(text, problems).read(source);
      case HEALTHCHECK -> new HealthcheckReader(text, problems).read(source);
      case LABEL -> {
        FlagReader.refuseAll(text, problems);
        KeyValues.Pairs pairs = new KeyValues(text, "LABEL", problems).pairs();
        yield new LabelInstruction(source, pairs.pairs(), pairs.legacy());
      }
      case MAINTAINER -> new MaintainerInstruction(source, exactlyOne(text).text());
      case ONBUILD -> onbuild(text, source);
      case RUN -> new RunReader(text, problems).read(source);
      case SHELL -> shell(text, source);
      case STOPSIGNAL -> new StopsignalInstruction(source, exactlyOne(text));
      case USER -> new UserInstruction(source, exactlyOne(text));
      case VOLUME -> volume(text, source);
      case WORKDIR -> new WorkdirInstruction(source, exactlyOne(text));
    };
  }

  private void reportUnknown(InstructionText text) {
    if (text.keyword().isEmpty()) {
      problems.error(text.keywordSpan(), "expected an instruction, found only a line continuation");
      return;
    }
    List<String> names = new ArrayList<>();
    for (Keyword keyword : Keyword.values()) {
      names.add(keyword.name());
    }
    problems.error(
        text.keywordSpan(),
        "unknown instruction: "
            + text.keyword()
            + NearestName.suggestion(NearestName.findIgnoringCase(text.keyword(), names)));
  }

  private @Nullable Command flaglessCommand(InstructionText text) {
    FlagReader.refuseAll(text, problems);
    return Arguments.command(text, problems);
  }

  private Word exactlyOne(InstructionText text) {
    FlagReader.refuseAll(text, problems);
    if (!text.hasArguments()) {
      problems.error(text.keywordSpan(), keywordName(text) + " requires exactly one argument");
    }
    return Words.word(text, text.argumentsStart(), text.argumentsEnd());
  }

  private List<Word> atLeastOne(InstructionText text, List<Word> words) {
    if (words.isEmpty()) {
      problems.error(text.keywordSpan(), keywordName(text) + " requires at least one argument");
    }
    return words;
  }

  private static String keywordName(InstructionText text) {
    return text.keyword().toUpperCase(Locale.ROOT);
  }

  private @Nullable Instruction shell(InstructionText text, InstructionSource source) {
    Command command = flaglessCommand(text);
    if (command instanceof Command.ExecForm exec && !exec.arguments().isEmpty()) {
      return new ShellInstruction(source, exec.arguments());
    }
    if (command instanceof Command.ShellForm && text.hasArguments()) {
      problems.error(
          text.argumentsSpan(),
          "SHELL requires the arguments to be in JSON form",
          "write SHELL [\"executable\", \"parameter\"]");
    } else if (command != null) {
      problems.error(text.keywordSpan(), "SHELL requires at least one argument");
    }
    return null;
  }

  private @Nullable Instruction volume(InstructionText text, InstructionSource source) {
    FlagReader.refuseAll(text, problems);
    List<Word> words = Arguments.list(text, problems);
    if (words == null) {
      return null;
    }
    List<Word> paths = new ArrayList<>(words.size());
    for (Word word : atLeastOne(text, words)) {
      int start = Blanks.skip(word.text(), 0, word.text().length());
      int end = Blanks.trimEnd(word.text(), start, word.text().length());
      if (start == end) {
        problems.error(word.span(), "VOLUME specified can not be an empty string");
      }
      paths.add(new Word(word.text().substring(start, end), word.span()));
    }
    return new VolumeInstruction(source, paths);
  }

  private @Nullable Instruction onbuild(InstructionText text, InstructionSource source) {
    FlagReader.refuseAll(text, problems);
    if (!text.hasArguments()) {
      problems.error(text.keywordSpan(), "ONBUILD requires at least one argument");
      return null;
    }
    InstructionText trigger = text.nested();
    Keyword keyword = Keyword.of(trigger.keyword());
    if (keyword == Keyword.ONBUILD) {
      problems.error(trigger.keywordSpan(), "chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
      return null;
    }
    if (keyword == Keyword.FROM || keyword == Keyword.MAINTAINER) {
      problems.error(trigger.keywordSpan(), keyword + " isn't allowed as an ONBUILD trigger");
      return null;
    }
    Problems problemsOfTrigger = new Problems();
    Instruction instruction =
        new InstructionReader(problemsOfTrigger).read(trigger, source.span(), List.of());
    // It is for others to run, who will hear of the rest.
    problems.addTrigger(problemsOfTrigger);
    StringBuilder expression = new StringBuilder(trigger.untrimmed());
    for (Heredoc heredoc : text.heredocs()) {
      expression.append('\n').append(heredoc.rawContent()).append(heredoc.name());
    }
    return new OnbuildInstruction(source, expression.toString(), instruction);
  }
}
