package dev.slipway.parse;

import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Blanks;
import java.util.ArrayList;
import java.util.List;

/** Splits the arguments of an instruction into words, which keep their quotes and escapes. */
final class Words {
  private Words() {}

  /** Whether {@code c} separates words where quotes have no meaning. */
  static boolean isSeparator(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
  }

  /** Words between blanks; quotes have no meaning. */
  static List<Word> separated(InstructionText instruction) {
    String text = instruction.line().text();
    List<Word> words = new ArrayList<>();
    int end = instruction.argumentsEnd();
    int position = instruction.argumentsStart();
    while (position < end) {
      int start = position;
      while (position < end && !isSeparator(text.charAt(position))) {
        position++;
      }
      words.add(word(instruction, start, position));
      while (position < end && isSeparator(text.charAt(position))) {
        position++;
      }
    }
    return words;
  }

  /** Words between blanks that are neither quoted nor escaped. */
  static List<Word> quoted(InstructionText instruction) {
    String text = instruction.line().text();
    char escape = instruction.escape();
    int end = instruction.argumentsEnd();
    List<Word> words = new ArrayList<>();
    int position = Blanks.skip(text, instruction.argumentsStart(), end);
    while (position < end) {
      int start = position;
      int contentEnd = start;
      char quote = 0;
      while (position < end) {
        char c = text.charAt(position);
        if (quote == 0 && Blanks.isBlank(c)) {
          break;
        }
        position++;
        if (c == escape && quote != '\'') {
          if (position == end) {
            break; // an escape at the very end is left out
          }
          position++;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        }
        contentEnd = position;
      }
      if (contentEnd > start) {
        words.add(word(instruction, start, contentEnd));
      }
      position = Blanks.skip(text, position, end);
    }
    return words;
  }

  /** The part {@code [from, to)} of the line as one word. */
  static Word word(InstructionText instruction, int from, int to) {
    return new Word(
        instruction.line().text().substring(from, to), instruction.line().span(from, to));
  }
}
