package dev.slipway.store;

import dev.slipway.oci.Digest;
import java.nio.charset.StandardCharsets;

/** Hexadecimal names of files. */
final class Hex {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Hex() {}

  /** Refuses whatever could be more than one plain file name. */
  static void check(String hex, int length) {
    if (hex.length() != length || !isHex(hex)) {
      throw new IllegalArgumentException(
          "expected " + length + " lower-case hexadecimal digits, found '" + hex + "'");
    }
  }

  static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static String of(byte[] bytes) {
    byte[] text = new byte[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS[(bytes[i] >> 4) & 15];
      text[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Sixteen digits a number. */
  static String of(long... numbers) {
    byte[] text = new byte[16 * numbers.length];
    for (int n = 0; n < numbers.length; n++) {
      long number = numbers[n];
      for (int i = 16 * n + 15; i >= 16 * n; i--) {
        text[i] = DIGITS[(int) (number & 15)];
        number >>>= 4;
      }
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The SHA-256 of a text, for names that people choose. */
  static String hash(String text) {
    return of(Digest.newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
