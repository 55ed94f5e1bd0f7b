package dev.slipway.registry;

/** Makes text of others fit to be printed: one line, no control characters, bounded. */
final class PlainText {
  private PlainText() {}

  static String of(String text, int limit) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), limit));
    for (int i = 0; i < text.length() && out.length() < limit; i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      out.append(control || Character.getType(c) == Character.FORMAT ? ' ' : c);
    }
    if (text.length() > limit) {
      out.append('…');
    }
    return out.toString().trim();
  }
}
