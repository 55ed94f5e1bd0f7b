package dev.slipway.tree.glob;

import java.nio.charset.StandardCharsets;

/** Paths as patterns see them. */
public final class PathText {
  private static final int ESCAPE_BASE = 0xDC00;

  private PathText() {}

  /**
   * UTF-8 to text, every byte that is none as a lone low surrogate of its own, so that no two names
   * look alike.
   */
  public static String decode(byte[] bytes) {
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
