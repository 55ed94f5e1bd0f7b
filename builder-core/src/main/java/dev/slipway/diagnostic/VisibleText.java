package dev.slipway.diagnostic;

/**
 * Text of others made fit to be shown. A name in a context, an image or a Dockerfile may hold what
 * moves a terminal's cursor, retitles its window or turns the order of letters round.
 */
public final class VisibleText {
  private static final int PICTURES = 0x2400;
  private static final char PICTURE_OF_DELETE = '\u2421';
  private static final char REPLACEMENT = '\uFFFD';

  private VisibleText() {}

  /**
   * The text with a visible character for each that acts upon a terminal, so that columns stay as
   * they are; line breaks and tabs are kept.
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (visible(text.charAt(i)) != text.charAt(i)) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(visible(text.charAt(i)));
    }
    return out.toString();
  }

  private static char visible(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\t' ? c : (char) (PICTURES + c);
    }
    if (c == 0x7f) {
      return PICTURE_OF_DELETE;
    }
    return c > 0x7f && c < 0xa0 || isOrder(c) ? REPLACEMENT : c;
  }

  /** Whether it makes the text that follows read in another order than it is written. */
  private static boolean isOrder(char c) {
    return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
  }
}
