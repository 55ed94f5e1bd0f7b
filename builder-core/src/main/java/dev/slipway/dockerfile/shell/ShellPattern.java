package dev.slipway.dockerfile.shell;

import java.util.Arrays;

/**
 * A pattern of {@code ${x#p}} and its kin: {@code *} stands for any text, {@code ?} for one
 * character, neither for a line break; a backslash before either, or before itself, takes the
 * meaning away. Matching takes time in proportion to pattern times value, whatever the pattern.
 */
final class ShellPattern {
  // A character of the pattern that stands for itself is kept as its code, these two below zero.
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
    int[] tokens = new int[pattern.length()];
    int count = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        if (count == 0 || tokens[count - 1] != STAR) {
          tokens[count++] = STAR;
        }
      } else if (c == '?') {
        tokens[count++] = ANY;
      } else if (c == '\\') {
        char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
        if (next == '}' || next == '/') {
          continue; // escaped only because of the ${} around it
        }
        if (next != '*' && next != '?' && next != '\\') {
          throw new ExpansionException(
              "invalid pattern (" + pattern + ") in substitution: invalid escape '\\" + next + "'");
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
    int end = matchEnd(tokens, value, 0);
    return end < 0 ? value : value.substring(end);
  }

  String trimSuffix(String value) {
    int[] reversed = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      reversed[i] = tokens[tokens.length - 1 - i];
    }
    int end = matchEnd(reversed, new StringBuilder(value).reverse().toString(), 0);
    return end < 0 ? value : value.substring(0, value.length() - end);
  }

  String replaceFirst(String value, String replacement) {
    boolean[] starts = matchStarts(value);
    for (int start = 0; start <= value.length(); start++) {
      if (starts[start]) {
        int end = matchEnd(tokens, value, start);
        return value.substring(0, start) + replacement + value.substring(end);
      }
    }
    return value;
  }

  /** Replaces every match; an empty match directly behind another one does not count. */
  String replaceAll(String value, String replacement) {
    boolean[] starts = matchStarts(value);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int previousEnd = -1;
    int start = 0;
    while (start <= value.length()) {
      if (!starts[start]) {
        start++;
        continue;
      }
      int end = matchEnd(tokens, value, start);
      if (end > start || start != previousEnd) {
        out.append(value, copied, start);
        appendTemplate(out, replacement, value.substring(start, end));
        copied = end;
        previousEnd = end;
      }
      start = end > start ? end : start + 1;
    }
    return out.append(value, copied, value.length()).toString();
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
  private int matchEnd(int[] pattern, String value, int from) {
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
      if (i == value.length()) {
        return found;
      }
      char c = value.charAt(i);
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

  /** For each offset of {@code value}, its end too, whether some match starts there. */
  private boolean[] matchStarts(String value) {
    boolean[] starts = new boolean[value.length() + 1];
    boolean[] below = new boolean[tokens.length + 1];
    boolean[] here = new boolean[tokens.length + 1];
    for (int i = value.length(); i >= 0; i--) {
      here[tokens.length] = true;
      boolean inText = i < value.length();
      char c = inText ? value.charAt(i) : 0;
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
