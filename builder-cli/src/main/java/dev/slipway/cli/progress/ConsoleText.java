package dev.slipway.cli.progress;

/**
 * Makes text that a build printed fit to be shown: what a step writes must not move the cursor,
 * retitle the window or ask the terminal questions.
 */
public final class ConsoleText {
  private static final char ESCAPE = '\u001b';
  private static final int TAB = 8;

  private ConsoleText() {}

  /** The text without control characters and escape sequences; a tab is kept. */
  public static String clean(String text) {
    int dirty = firstControl(text);
    if (dirty < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, dirty);
    int i = dirty;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ESCAPE) {
        i = endOfEscape(text, i + 1);
        continue;
      }
      if (!isControl(c)) {
        out.append(c);
      }
      i++;
    }
    return out.toString();
  }

  private static int firstControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isControl(char c) {
    return c < ' ' && c != '\t' || c >= 0x7f && c < 0xa0;
  }

  /** The index after the escape sequence whose first character after ESC is at {@code i}. */
  private static int endOfEscape(String text, int i) {
    if (i >= text.length()) {
      return i;
    }
    char kind = text.charAt(i++);
    if (kind == '[') {
      while (i < text.length() && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
        i++;
      }
      return Math.min(i + 1, text.length());
    }
    if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {
      while (i < text.length() && text.charAt(i) != '\u0007' && text.charAt(i) != ESCAPE) {
        i++;
      }
      boolean closed = i + 1 < text.length() && text.charAt(i) == ESCAPE;
      return Math.min(closed ? i + 2 : i + 1, text.length());
    }
    return i;
  }

  /** The text cut to {@code columns} terminal cells, tabs opened, with an ellipsis where cut. */
  static String fit(String text, int columns) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), columns) + 1);
    int used = 0;
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int cells = codePoint == '\t' ? TAB - used % TAB : cells(codePoint);
      if (used + cells > columns || used + cells == columns && moreFollows(text, i)) {
        return columns > 0 ? out.append('…').toString() : "";
      }
      if (codePoint == '\t') {
        out.append(" ".repeat(cells));
      } else {
        out.appendCodePoint(codePoint);
      }
      used += cells;
      i += Character.charCount(codePoint);
    }
    return out.toString();
  }

  private static boolean moreFollows(String text, int i) {
    return i + Character.charCount(text.codePointAt(i)) < text.length();
  }

  /** How many terminal cells the text takes. */
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      width += cells(codePoint);
      i += Character.charCount(codePoint);
    }
    return width;
  }

  private static int cells(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  /** East Asian wide characters and pictographs. */
  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115f
        || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f
        || c >= 0xac00 && c <= 0xd7a3
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0xfe30 && c <= 0xfe6f
        || c >= 0xff00 && c <= 0xff60
        || c >= 0xffe0 && c <= 0xffe6
        || c >= 0x1f300 && c <= 0x1faff
        || c >= 0x20000 && c <= 0x3fffd;
  }
}
