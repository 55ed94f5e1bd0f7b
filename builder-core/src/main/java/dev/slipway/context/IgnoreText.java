package dev.slipway.context;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How the lines of an ignore file become patterns: blanks, comments, Go's {@code Clean}. */
final class IgnoreText {
  private static final int ESCAPE_BASE = 0xDC00;

  private IgnoreText() {}

  /** The line as a cleaned pattern, {@code !} in front of an exception; null for none. */
  static @Nullable String patternOf(String line) {
    // Only in the first column: what is trimmed later may well start with it.
    if (line.startsWith("#")) {
      return null;
    }
    String pattern = trim(line);
    if (pattern.isEmpty()) {
      return null;
    }
    boolean exception = pattern.charAt(0) == '!';
    if (exception) {
      pattern = trim(pattern.substring(1));
    }
    if (!pattern.isEmpty()) {
      pattern = clean(pattern);
      if (pattern.length() > 1 && pattern.charAt(0) == '/') {
        pattern = pattern.substring(1);
      }
    }
    // The reference cleans once more with the mark in front, which leaves nothing of "!/".
    return exception ? clean("!" + pattern) : pattern;
  }

  /** Go's {@code filepath.Clean} on Unix: shortest lexical equivalent, {@code .} for nothing. */
  static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> kept = new ArrayDeque<>();
    for (String component : path.split("/")) {
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      if (!component.equals("..")) {
        kept.addLast(component);
      } else if (!kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!rooted) {
        kept.addLast(component);
      }
    }
    String joined = String.join("/", kept);
    if (rooted) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }

  /** Go's {@code strings.TrimSpace}. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  /** UTF-8 to text, every byte that is none as a lone low surrogate. */
  static String decode(byte[] bytes) {
    boolean ascii = true;
    for (byte b : bytes) {
      ascii &= b >= 0;
    }
    if (ascii) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; ) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        text.append((char) (ESCAPE_BASE + (bytes[i] & 0xFF)));
        i++;
      } else {
        text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return text.toString();
  }

  /** The length of the valid UTF-8 sequence at {@code start}, or 0. */
  private static int sequenceLength(byte[] bytes, int start) {
    int lead = bytes[start] & 0xFF;
    int length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || lead > 0xF4 || start + length > bytes.length) {
      return 0;
    }
    int codePoint = length == 1 ? lead : lead & (0x7F >> length);
    for (int i = start + 1; i < start + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
      codePoint = codePoint << 6 | bytes[i] & 0x3F;
    }
    boolean overlong = (length == 3 && codePoint < 0x800) || (length == 4 && codePoint < 0x10000);
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    return overlong || surrogate || codePoint > Character.MAX_CODE_POINT ? 0 : length;
  }
}
