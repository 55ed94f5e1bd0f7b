package dev.slipway.diagnostic;

/**
 * A part of a source text.
 *
 * @param start the offset of its first character, from 0
 * @param end the offset after its last character
 */
public record SourceSpan(SourceFile file, int start, int end) {
  public SourceSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /** The line of its first character, from 1. */
  public int line() {
    return file.lineOf(start);
  }

  /** The column of its first character, from 1. */
  public int column() {
    return file.columnOf(start);
  }

  /** The line of its last character, from 1. */
  public int endLine() {
    return file.lineOf(Math.max(start, end - 1));
  }

  /** The column after its last character, from 1. */
  public int endColumn() {
    return end == start ? column() : file.columnOf(end - 1) + 1;
  }

  public String text() {
    return file.text().substring(start, Math.min(end, file.text().length()));
  }

  /** {@code name:line:column}. */
  public String position() {
    return file.name() + ":" + line() + ":" + column();
  }

  // A span identifies a place: two files are the same only when they are one object.
  @Override
  public boolean equals(Object other) {
    return other instanceof SourceSpan span
        && span.file == file
        && span.start == start
        && span.end == end;
  }

  @Override
  public int hashCode() {
    return 31 * start + end;
  }

  @Override
  public String toString() {
    return position();
  }
}
