package dev.slipway.diagnostic;

import java.util.Arrays;

/**
 * A text that a user wrote, with its lines indexed. Lines and columns count from 1; a column counts
 * UTF-16 code units; offsets count from 0.
 */
public final class SourceFile {
  private final String name;
  private final String text;
  private final int[] lineStarts;

  /**
   * @param name the name as the user gave it, for messages
   * @param text the text as read, byte order mark removed
   */
  public SourceFile(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[64];
    int count = 1;
    for (int newline = text.indexOf('\n');
        newline >= 0;
        newline = text.indexOf('\n', newline + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = newline + 1;
    }
    return Arrays.copyOf(starts, count);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The line that holds {@code offset}; an offset past the end is in the last line. */
  public int lineOf(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of {@code offset} in its line. */
  public int columnOf(int offset) {
    return offset - lineStarts[lineOf(offset) - 1] + 1;
  }

  /** The offset of the first character of {@code line}. */
  public int startOfLine(int line) {
    return lineStarts[line - 1];
  }

  /** The text of {@code line} without its line break. */
  public String line(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(start, end);
  }

  /** The span from {@code start} to {@code end}, exclusive. */
  public SourceSpan span(int start, int end) {
    return new SourceSpan(this, start, end);
  }

  @Override
  public String toString() {
    return name;
  }
}
