package dev.slipway.parse;

import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads arguments that may be written as a JSON array. */
final class Arguments {
  private Arguments() {}

  /** Whether they are an array of strings, by what the parser of JSON says. */
  static boolean isJson(InstructionText instruction) {
    return json(instruction).kind() == JsonStrings.Kind.STRINGS;
  }

  private static JsonStrings.Result json(InstructionText instruction) {
    return JsonStrings.read(
        instruction.line().text(), instruction.argumentsStart(), instruction.argumentsEnd());
  }

  /** An array's elements, or the words between blanks; null after an error. */
  static @Nullable List<Word> list(InstructionText instruction, Problems problems) {
    JsonStrings.Result json = json(instruction);
    return switch (json.kind()) {
      case NOT_JSON -> Words.separated(instruction);
      case OTHER_ARRAY -> {
        reportOtherArray(instruction, problems);
        yield null;
      }
      case STRINGS -> {
        List<Word> words = new ArrayList<>(json.strings().size());
        for (String element : json.strings()) {
          words.add(new Word(element, instruction.argumentsSpan()));
        }
        yield words;
      }
    };
  }

  /** An array as exec form, everything else as shell form; null after an error. */
  static @Nullable Command command(InstructionText instruction, Problems problems) {
    return command(instruction, instruction.argumentsStart(), problems);
  }

  /** The same for the part of the arguments that starts at {@code from}. */
  static @Nullable Command command(InstructionText instruction, int from, Problems problems) {
    String text = instruction.line().text();
    JsonStrings.Result json = JsonStrings.read(text, from, instruction.argumentsEnd());
    return switch (json.kind()) {
      case NOT_JSON -> new Command.ShellForm(text.substring(from, instruction.argumentsEnd()));
      case STRINGS -> new Command.ExecForm(json.strings());
      case OTHER_ARRAY -> {
        reportOtherArray(instruction, problems);
        yield null;
      }
    };
  }

  private static void reportOtherArray(InstructionText instruction, Problems problems) {
    problems.errorOfForm(
        instruction.argumentsSpan(),
        "when using JSON array syntax, arrays must be comprised of strings only",
        "put every element in double quotes");
  }
}
