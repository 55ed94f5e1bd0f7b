package dev.slipway.parse;

import dev.slipway.dockerfile.shell.Blanks;

/** Steps through the physical lines of a text. */
final class LineReader {
  private final String text;
  private int start;
  private int end;
  private int next;

  LineReader(String text) {
    this.text = text;
  }

  /** Moves to the next line; false where there is none. */
  boolean advance() {
    if (next >= text.length()) {
      return false;
    }
    start = next;
    int newline = text.indexOf('\n', start);
    next = newline < 0 ? text.length() : newline + 1;
    end = next;
    while (end > start && isLineBreak(text.charAt(end - 1))) {
      end--;
    }
    return true;
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  /** The offset of the line's first character. */
  int start() {
    return start;
  }

  /** The offset after its last character, its line break left out. */
  int end() {
    return end;
  }

  /** The offset after its line break. */
  int next() {
    return next;
  }

  /** The offset of the line's first character that is no blank, or its end. */
  int contentStart() {
    return Blanks.skip(text, start, end);
  }

  boolean isComment() {
    int content = contentStart();
    return content < end && text.charAt(content) == '#';
  }

  /** The text of a comment line without the {@code #} and surrounding blanks. */
  String commentText() {
    int from = Blanks.skip(text, contentStart() + 1, end);
    return text.substring(from, Blanks.trimEnd(text, from, end));
  }
}
