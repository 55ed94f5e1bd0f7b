package dev.slipway.dockerfile.shell;

/** What the language takes for a blank: Unicode's white space, as Go's {@code unicode.IsSpace}. */
public final class Blanks {
  private Blanks() {}

  public static boolean isBlank(char c) {
    if (c <= ' ') {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }
    if (c < 0x1680) {
      return c == 0x85 || c == 0xa0;
    }
    return c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** The first offset in {@code [from, to)} that is no blank, or {@code to}. */
  public static int skip(String text, int from, int to) {
    int i = from;
    while (i < to && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of {@code [from, to)} without the blanks at its end. */
  public static int trimEnd(String text, int from, int to) {
    int i = to;
    while (i > from && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }
}
