package dev.slipway.parse;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Flag;
import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the flags of one instruction by name, and reports those that it does not have. */
final class FlagReader {
  private final List<Flag> flags;
  private final Problems problems;

  /** How a flag is written. */
  private enum Kind {
    VALUE,
    REPEATED,
    SWITCH
  }

  /**
   * @param allowed the names; one that ends in {@code ?} needs no value and takes only true or
   *     false, one that ends in {@code *} may be repeated
   */
  FlagReader(InstructionText instruction, Problems problems, String... allowed) {
    this.flags = instruction.flags();
    this.problems = problems;
    for (int i = 0; i < flags.size(); i++) {
      check(flags.get(i), i, allowed);
    }
  }

  /** Reports the flags of an instruction that takes none. */
  static void refuseAll(InstructionText instruction, Problems problems) {
    for (Flag flag : instruction.flags()) {
      reportUnknown(flag, problems);
    }
  }

  private void check(Flag flag, int index, String[] allowed) {
    Kind kind = kind(flag.name(), allowed);
    if (kind == null) {
      reportUnknown(flag, problems, allowed);
      return;
    }
    if (kind != Kind.REPEATED) {
      for (int i = 0; i < index; i++) {
        if (flags.get(i).name().equals(flag.name())) {
          problems.error(flag.span(), "duplicate flag specified: --" + flag.name());
          return;
        }
      }
    }
    Word value = flag.value();
    if (kind == Kind.SWITCH ? value != null && value.text().isEmpty() : value == null) {
      problems.error(
          flag.span(),
          "missing a value on flag: --" + flag.name(),
          "write it as --" + flag.name() + "=" + (kind == Kind.SWITCH ? "true" : "VALUE"));
    }
  }

  private static @Nullable Kind kind(String name, String[] allowed) {
    for (String candidate : allowed) {
      if (candidate.startsWith(name)) {
        if (candidate.length() == name.length()) {
          return Kind.VALUE;
        }
        if (candidate.length() == name.length() + 1) {
          char mark = candidate.charAt(name.length());
          if (mark == '?') {
            return Kind.SWITCH;
          }
          if (mark == '*') {
            return Kind.REPEATED;
          }
        }
      }
    }
    return null;
  }

  private static void reportUnknown(Flag flag, Problems problems, String... allowed) {
    List<String> names = new ArrayList<>();
    for (String candidate : allowed) {
      char last = candidate.charAt(candidate.length() - 1);
      names.add(
          last == '?' || last == '*' ? candidate.substring(0, candidate.length() - 1) : candidate);
    }
    String nearest = NearestName.find(flag.name(), names);
    problems.error(
        flag.span(),
        "unknown flag: --"
            + flag.name()
            + NearestName.suggestion(nearest == null ? null : "--" + nearest),
        names.isEmpty()
            ? "this instruction takes no flags"
            : "expected one of --" + String.join(", --", names));
  }

  /** The value of a flag, or null where it is not given or empty. */
  @Nullable Word word(String name) {
    for (Flag flag : flags) {
      Word value = flag.value();
      if (value != null && flag.name().equals(name)) {
        return value.text().isEmpty() ? null : value;
      }
    }
    return null;
  }

  /** The values of a flag that may be repeated. */
  List<Word> words(String name) {
    List<Word> values = new ArrayList<>();
    for (Flag flag : flags) {
      Word value = flag.value();
      if (value != null && flag.name().equals(name)) {
        values.add(value);
      }
    }
    return values;
  }

  /** A flag that is true or false, or null where it is not given. */
  @Nullable Boolean isSet(String name) {
    for (Flag flag : flags) {
      if (flag.name().equals(name)) {
        Word value = flag.value();
        return value == null ? Boolean.TRUE : bool(name, value);
      }
    }
    return null;
  }

  private @Nullable Boolean bool(String name, Word value) {
    if (value.text().equalsIgnoreCase("true")) {
      return true;
    }
    if (!value.text().isEmpty() && !value.text().equalsIgnoreCase("false")) {
      SourceSpan span = value.span();
      problems.error(span, "expecting boolean value for flag --" + name + ", not: " + value.text());
    }
    return false;
  }
}
