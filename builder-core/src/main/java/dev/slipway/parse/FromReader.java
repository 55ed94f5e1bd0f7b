package dev.slipway.parse;

import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.InstructionSource;
import dev.slipway.dockerfile.Word;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads FROM. */
final class FromReader {
  private final InstructionText instruction;
  private final Problems problems;

  FromReader(InstructionText instruction, Problems problems) {
    this.instruction = instruction;
    this.problems = problems;
  }

  @Nullable FromInstruction read(InstructionSource source) {
    FlagReader flags = new FlagReader(instruction, problems, "platform");
    List<Word> words = Words.separated(instruction);
    Word platform = flags.word("platform");
    if (words.size() == 1) {
      return new FromInstruction(source, platform, words.get(0), null, null);
    }
    if (words.size() != 3 || !words.get(1).text().equalsIgnoreCase("AS")) {
      problems.error(
          instruction.argumentsSpan(),
          "FROM requires either one or three arguments, found " + words.size(),
          hint(words));
      return null;
    }
    Word name = words.get(2);
    if (!isStageName(name.text().toLowerCase(Locale.ROOT))) {
      problems.error(
          name.span(),
          "invalid name for build stage: \""
              + name.text()
              + "\", name can't start with a number or contain symbols",
          "expected a letter, then letters, digits, - _ or .");
      return null;
    }
    return new FromInstruction(source, platform, words.get(0), words.get(1), name);
  }

  private static String hint(List<Word> words) {
    for (Word word : words) {
      if (word.text().startsWith("#")) {
        return "a comment stands on a line of its own";
      }
    }
    return switch (words.size()) {
      case 0 -> "write FROM IMAGE or FROM IMAGE AS NAME";
      case 2 ->
          words.get(1).text().equalsIgnoreCase("AS")
              ? "a stage name is expected after AS"
              : "did you mean AS? write FROM " + words.get(0) + " AS " + words.get(1);
      case 3 ->
          "did you mean AS instead of \""
              + words.get(1)
              + "\"? write FROM "
              + words.get(0)
              + " AS "
              + words.get(2);
      default -> "write FROM " + words.get(0) + " AS NAME";
    };
  }

  private static boolean isStageName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean other = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      if (!letter && !(other && i > 0)) {
        return false;
      }
    }
    return true;
  }
}
