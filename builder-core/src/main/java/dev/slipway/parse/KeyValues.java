package dev.slipway.parse;

import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.KeyValue;
import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;

/** Reads the pairs of ENV, LABEL and ARG. */
final class KeyValues {
  private final InstructionText instruction;
  private final String keyword;
  private final Problems problems;

  KeyValues(InstructionText instruction, String keyword, Problems problems) {
    this.instruction = instruction;
    this.keyword = keyword;
    this.problems = problems;
  }

  /**
   * @param legacy written as {@code ENV key value}
   */
  record Pairs(List<KeyValue> pairs, boolean legacy) {}

  /** The pairs of ENV and LABEL. */
  Pairs pairs() {
    List<Word> words = Words.quoted(instruction);
    if (words.isEmpty()) {
      reportMissing();
      return new Pairs(List.of(), false);
    }
    if (words.get(0).text().indexOf('=') < 0) {
      return legacyPair();
    }
    List<KeyValue> pairs = new ArrayList<>(words.size());
    for (Word word : words) {
      int equals = word.text().indexOf('=');
      if (equals < 0) {
        problems.errorOfForm(
            word.span(),
            "can't find = in \"" + word.text() + "\": must be of the form name=value",
            "a value with blanks needs quotes");
      } else if (equals == 0) {
        reportBlank(word);
      } else {
        pairs.add(new KeyValue(before(word, equals), after(word, equals)));
      }
    }
    return new Pairs(pairs, false);
  }

  /** The definitions of ARG. */
  List<ArgDefinition> definitions() {
    List<Word> words = Words.quoted(instruction);
    if (words.isEmpty()) {
      reportMissing();
    }
    List<ArgDefinition> definitions = new ArrayList<>(words.size());
    for (Word word : words) {
      int equals = word.text().indexOf('=');
      if (equals == 0) {
        reportBlank(word);
      } else if (equals < 0) {
        definitions.add(new ArgDefinition(word, null));
      } else {
        definitions.add(new ArgDefinition(before(word, equals), after(word, equals)));
      }
    }
    return definitions;
  }

  /** {@code ENV key value}: the value is the rest of the line. */
  private Pairs legacyPair() {
    String text = instruction.line().text();
    int end = instruction.argumentsEnd();
    int keyStart = instruction.argumentsStart();
    int keyEnd = keyStart;
    while (keyEnd < end && !Words.isSeparator(text.charAt(keyEnd))) {
      keyEnd++;
    }
    int valueStart = keyEnd;
    while (valueStart < end && Words.isSeparator(text.charAt(valueStart))) {
      valueStart++;
    }
    if (valueStart == end) {
      problems.errorOfForm(
          instruction.argumentsSpan(),
          keyword + " must have two arguments, found only \"" + instruction.arguments() + "\"",
          "write " + keyword + " " + instruction.arguments() + "=VALUE");
      return new Pairs(List.of(), true);
    }
    Word key = Words.word(instruction, keyStart, keyEnd);
    Word value = Words.word(instruction, valueStart, end);
    return new Pairs(List.of(new KeyValue(key, value)), true);
  }

  private static Word before(Word word, int equals) {
    return new Word(word.text().substring(0, equals), word.span());
  }

  private static Word after(Word word, int equals) {
    return new Word(word.text().substring(equals + 1), word.span());
  }

  private void reportMissing() {
    problems.error(instruction.keywordSpan(), keyword + " requires at least one argument");
  }

  private void reportBlank(Word word) {
    problems.error(word.span(), keyword + " names can not be blank, found \"" + word.text() + "\"");
  }
}
