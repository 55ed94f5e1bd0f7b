package dev.slipway.dockerfile.shell;

import java.util.Arrays;

/**
 * A pattern of {@code ${x#p}} and its kin: {@code *} stands for any text, {@code ?} for one
 * character, neither for a line break; a backslash before either, or before itself, takes the
 * meaning away. Matching takes time in proportion to pattern times value, whatever the pattern.
 */
final class ShellPattern {
  // Code points, as the shell counts characters: half of a surrogate pair is none. One that stands
  // for itself is kept as its code, these two are below zero.
  private static final int ANY = -1;
  private static final int STAR = -2;

  private final int[] tokens;
  private final boolean longest;

  private ShellPattern(int[] tokens, boolean longest) {
    this.tokens = tokens;
    this.longest = longest;
  }

  /**
   * @param longest a match takes as much as it can, not as little
   * @throws ExpansionException if a backslash stands before another character
   */
  static ShellPattern compile(String pattern, boolean longest) {
    int[] text = codePoints(pattern);
    int[] tokens = new int[text.length];
    int count = 0;
    for (int i = 0; i < text.length; i++) {
      int c = text[i];
      if (c == '*') {
        if (count == 0 || tokens[count - 1] != STAR) {
          tokens[count++] = STAR;
        }
      } else if (c == '?') {
        tokens[count++] = ANY;
      } else if (c == '\\') {
        int next = i + 1 < text.length ? text[i + 1] : 0;
        if (next == '}' || next == '/') {
          continue; // escaped only because of the ${} around it
        }
        if (next != '*' && next != '?' && next != '\\') {
          throw new ExpansionException(
              "invalid pattern ("
                  + pattern
                  + ") in substitution: invalid escape '\\"
                  + Character.toString(next)
                  + "'");
        }
        tokens[count++] = next;
        i++;
      } else {
        tokens[count++] = c;
      }
    }
    return new ShellPattern(Arrays.copyOf(tokens, count), longest);
  }

  String trimPrefix(String value) {
    int[] text = codePoints(value);
    int end = matchEnd(tokens, text, 0);
    return end < 0 ? value : string(text, end, text.length);
  }

  String trimSuffix(String value) {
    int[] text = codePoints(value);
    int end = matchEnd(reversed(tokens), reversed(text), 0);
    return end < 0 ? value : string(text, 0, text.length - end);
  }

  String replaceFirst(String value, String replacement) {
    int[] text = codePoints(value);
    boolean[] starts = matchStarts(text);
    for (int start = 0; start <= text.length; start++) {
      if (starts[start]) {
        int end = matchEnd(tokens, text, start);
        return string(text, 0, start) + replacement + string(text, end, text.length);
      }
    }
    return value;
  }

  /** Replaces every match; an empty match directly behind another one does not count. */
  String replaceAll(String value, String replacement) {
    int[] text = codePoints(value);
    boolean[] starts = matchStarts(text);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int previousEnd = -1;
    int start = 0;
    while (start <= text.length) {
      if (!starts[start]) {
        start++;
        continue;
      }
      int end = matchEnd(tokens, text, start);
      if (end > start || start != previousEnd) {
        out.append(string(text, copied, start));
        appendTemplate(out, replacement, string(text, start, end));
        copied = end;
        previousEnd = end;
      }
      start = end > start ? end : start + 1;
    }
    return out.append(string(text, copied, text.length)).toString();
  }

  private static int[] codePoints(String text) {
    int[] points = new int[text.codePointCount(0, text.length())];
    int offset = 0;
    for (int i = 0; i < points.length; i++) {
      points[i] = text.codePointAt(offset);
      offset += Character.charCount(points[i]);
    }
    return points;
  }

  private static String string(int[] points, int from, int to) {
    return new String(points, from, to - from);
  }

  private static int[] reversed(int[] points) {
    int[] reversed = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      reversed[i] = points[points.length - 1 - i];
    }
    return reversed;
  }

  /** {@code $0} in a replacement is the match, {@code $$} a dollar, another name is nothing. */
  private static void appendTemplate(StringBuilder out, String template, String match) {
    int i = 0;
    while (i < template.length()) {
      char c = template.charAt(i++);
      if (c != '$') {
        out.append(c);
        continue;
      }
      boolean braced = i < template.length() && template.charAt(i) == '{';
      int start = braced ? i + 1 : i;
      int end = start;
      while (end < template.length()
          && (template.charAt(end) == '_' || Character.isLetterOrDigit(template.charAt(end)))) {
        end++;
      }
      boolean closed = !braced || (end < template.length() && template.charAt(end) == '}');
      if (i < template.length() && template.charAt(i) == '$') {
        out.append('$');
        i++;
      } else if (end == start || !closed) {
        out.append('$');
      } else {
        if (template.substring(start, end).equals("0")) {
          out.append(match);
        }
        i = braced ? end + 1 : end;
      }
    }
  }

  /** The end of the match that starts at {@code from}, or -1. */
  private int matchEnd(int[] pattern, int[] text, int from) {
    boolean[] states = new boolean[pattern.length + 1];
    boolean[] next = new boolean[pattern.length + 1];
    states[0] = true;
    closeOverStars(pattern, states);
    int found = -1;
    for (int i = from; ; i++) {
      if (states[pattern.length]) {
        found = i;
        if (!longest) {
          return found;
        }
      }
      if (i == text.length) {
        return found;
      }
      int c = text[i];
      Arrays.fill(next, false);
      boolean alive = false;
      for (int k = 0; k < pattern.length; k++) {
        if (!states[k]) {
          continue;
        }
        if (pattern[k] == STAR && c != '\n') {
          next[k] = true;
          alive = true;
        } else if (pattern[k] == c || (pattern[k] == ANY && c != '\n')) {
          next[k + 1] = true;
          alive = true;
        }
      }
      if (!alive) {
        return found;
      }
      closeOverStars(pattern, next);
      boolean[] swap = states;
      states = next;
      next = swap;
    }
  }

  private static void closeOverStars(int[] pattern, boolean[] states) {
    for (int k = 0; k < pattern.length; k++) {
      if (states[k] && pattern[k] == STAR) {
        states[k + 1] = true;
      }
    }
  }

  /** For each offset of {@code text}, its end too, whether some match starts there. */
  private boolean[] matchStarts(int[] text) {
    boolean[] starts = new boolean[text.length + 1];
    boolean[] below = new boolean[tokens.length + 1];
    boolean[] here = new boolean[tokens.length + 1];
    for (int i = text.length; i >= 0; i--) {
      here[tokens.length] = true;
      boolean inText = i < text.length;
      int c = inText ? text[i] : 0;
      for (int k = tokens.length - 1; k >= 0; k--) {
        if (tokens[k] == STAR) {
          here[k] = here[k + 1] || (inText && c != '\n' && below[k]);
        } else {
          here[k] = inText && (tokens[k] == c || (tokens[k] == ANY && c != '\n')) && below[k + 1];
        }
      }
      starts[i] = here[0];
      boolean[] swap = below;
      below = here;
      here = swap;
    }
    return starts;
  }
}
