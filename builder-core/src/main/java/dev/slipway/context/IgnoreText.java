package dev.slipway.context;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How the lines of an ignore file become patterns: blanks, comments, Go's {@code Clean}. */
final class IgnoreText {
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
}
