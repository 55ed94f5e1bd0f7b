package dev.slipway.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link EncodedOutput} writes. An array and no stream: most of it is read by a JVM that
 * is too young to inline a stream. What is malformed is a {@link LayerException}.
 */
final class EncodedInput {
  private static final int MAX_TEXT = 1 << 16;

  private final byte[] bytes;
  private int at;

  /**
   * @param bytes not copied
   * @param start where to begin
   */
  EncodedInput(byte[] bytes, int start) {
    this.bytes = bytes;
    at = start;
  }

  /** Begins behind {@code magic}, which it expects. */
  static EncodedInput after(byte[] magic, byte[] bytes) {
    int length = magic.length;
    if (bytes.length < length || !Arrays.equals(bytes, 0, length, magic, 0, length)) {
      throw new LayerException("not a list of changes, or of another version");
    }
    return new EncodedInput(bytes, length);
  }

  static LayerException malformed() {
    return new LayerException("malformed list of changes");
  }

  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  int readByte() {
    if (at == bytes.length) {
      throw malformed();
    }
    return bytes[at++] & 0xff;
  }

  long readNumber() {
    long number = readByte();
    if (number < 0x80) {
      return number;
    }
    number &= 0x7f;
    for (int shift = 7; shift < 64; shift += 7) {
      int b = readByte();
      number |= (long) (b & 0x7f) << shift;
      if ((b & 0x80) == 0) {
        return number;
      }
    }
    throw malformed();
  }

  /** A number from 0 to {@code most}. */
  int readNumber(int most) {
    long number = readNumber();
    if (number < 0 || number > most) {
      throw malformed();
    }
    return (int) number;
  }

  byte[] readExactly(int length) {
    byte[] read = new byte[checked(length)];
    readExactly(read, 0, length);
    return read;
  }

  void readExactly(byte[] into, int offset, int length) {
    System.arraycopy(bytes, at, into, offset, checked(length));
    at += length;
  }

  private int checked(int length) {
    if (length > bytes.length - at) {
      throw malformed();
    }
    return length;
  }

  /** As many bytes as a number before them says, at most that many. */
  byte[] readBytes(int most) {
    return readExactly(readNumber(most));
  }

  /** At most 64 KiB. */
  byte[] readBytes() {
    return readBytes(MAX_TEXT);
  }

  String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }
}
