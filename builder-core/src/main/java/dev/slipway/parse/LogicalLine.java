package dev.slipway.parse;

import dev.slipway.diagnostic.SourceFile;
import dev.slipway.diagnostic.SourceSpan;
import java.util.Arrays;

/**
 * The text of an instruction with its continuation lines joined; knows where in the file each
 * character stands. Offsets are those of the joined text.
 */
final class LogicalLine {
  private final SourceFile file;
  private final String text;
  // The joined text is a sequence of parts of the file: where each starts here, and there.
  private final int[] starts;
  private final int[] sourceStarts;
  private final int sourceEnd;
  private final int lastLineStart;

  private LogicalLine(Builder builder) {
    this.file = builder.file;
    this.text = builder.parts == 1 ? builder.first() : builder.joined.toString();
    this.starts = Arrays.copyOf(builder.starts, builder.parts);
    this.sourceStarts = Arrays.copyOf(builder.sourceStarts, builder.parts);
    this.sourceEnd = builder.sourceEnd;
    this.lastLineStart = builder.lastLineStart;
  }

  String text() {
    return text;
  }

  SourceFile file() {
    return file;
  }

  /** Where in the file the character at {@code offset} stands. */
  int sourceOffset(int offset) {
    int part = Arrays.binarySearch(starts, offset);
    if (part < 0) {
      part = -part - 2;
    }
    return sourceStarts[part] + offset - starts[part];
  }

  /** The part of the file that {@code [from, to)} comes from. */
  SourceSpan span(int from, int to) {
    int start = sourceOffset(from);
    return file.span(start, to > from ? sourceOffset(to - 1) + 1 : start);
  }

  /** The first character in the file. */
  int sourceStart() {
    return sourceStarts[0];
  }

  /** After the last character in the file, its continuation mark included. */
  int sourceEnd() {
    return sourceEnd;
  }

  /** The last physical line. */
  SourceSpan lastLine() {
    return file.span(lastLineStart, Math.max(lastLineStart, sourceEnd));
  }

  /** Joins the parts; takes time in proportion to their length. */
  static final class Builder {
    private final SourceFile file;
    private final StringBuilder joined = new StringBuilder();
    private int[] starts = new int[4];
    private int[] sourceStarts = new int[4];
    private int parts;
    private int firstEnd;
    private int sourceEnd;
    private int lastLineStart;

    Builder(SourceFile file) {
      this.file = file;
    }

    /** Adds {@code [from, to)} of the file; an empty part counts only where there is no other. */
    void add(int from, int to) {
      if (parts > 0 && from == to) {
        return;
      }
      if (parts == 1 && firstEnd == sourceStarts[0]) {
        parts = 0;
      }
      if (parts == starts.length) {
        starts = Arrays.copyOf(starts, parts * 2);
        sourceStarts = Arrays.copyOf(sourceStarts, parts * 2);
      }
      if (parts == 1) {
        joined.append(file.text(), sourceStarts[0], firstEnd);
      }
      starts[parts] = parts == 0 ? 0 : joined.length();
      sourceStarts[parts] = from;
      if (parts == 0) {
        firstEnd = to;
      } else {
        joined.append(file.text(), from, to);
      }
      parts++;
    }

    /** Notes a physical line that belongs to the instruction. */
    void line(int start, int end) {
      lastLineStart = start;
      sourceEnd = end;
    }

    private String first() {
      return file.text().substring(sourceStarts[0], firstEnd);
    }

    LogicalLine build() {
      return new LogicalLine(this);
    }
  }
}
