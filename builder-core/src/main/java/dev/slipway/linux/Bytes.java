package dev.slipway.linux;

import java.nio.charset.StandardCharsets;

/** Names as the kernel has them. */
final class Bytes {
  private Bytes() {}

  /** A name in a message; what is not UTF-8 shows as a replacement character. */
  static String forPeople(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
