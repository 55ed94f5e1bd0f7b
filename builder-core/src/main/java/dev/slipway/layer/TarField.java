package dev.slipway.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Where the parts of a tar header are, and how they are read. POSIX.1-1988 and GNU. */
enum TarField {
  NAME(0, 100),
  MODE(100, 8),
  UID(108, 8),
  GID(116, 8),
  SIZE(124, 12),
  MTIME(136, 12),
  CHECKSUM(148, 8),
  TYPE(156, 1),
  LINK_NAME(157, 100),
  MAGIC(257, 8),
  DEVICE_MAJOR(329, 8),
  DEVICE_MINOR(337, 8),
  PREFIX(345, 155),
  STAR_PREFIX(345, 131),
  STAR_TRAILER(508, 4);

  private final int offset;
  private final int length;

  TarField(int offset, int length) {
    this.offset = offset;
    this.length = length;
  }

  int length() {
    return length;
  }

  byte first(byte[] block) {
    return block[offset];
  }

  /** The bytes up to the first NUL. */
  byte[] text(byte[] block) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, offset, end);
  }

  boolean holds(byte[] block, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.equals(block, offset, offset + expected.length, expected, 0, expected.length);
  }

  /** An octal number, or a binary one if the first bit is set; an empty field is 0. */
  long number(byte[] block) {
    return (block[offset] & 0x80) != 0 ? binary(block) : octal(block);
  }

  private long binary(byte[] block) {
    // The second bit is the sign; the rest is two's complement.
    boolean negative = (block[offset] & 0x40) != 0;
    long value = negative ? (block[offset] | 0x80) : block[offset] & 0x3f;
    for (int i = offset + 1; i < offset + length; i++) {
      long top = value >> 55;
      if (top != 0 && top != -1) {
        throw malformed();
      }
      value = value << 8 | block[i] & 0xff;
    }
    return value;
  }

  private long octal(byte[] block) {
    int at = offset;
    int end = offset + length;
    while (at < end && (block[at] == ' ' || block[at] == 0)) {
      at++;
    }
    long value = 0;
    for (; at < end && block[at] != 0 && block[at] != ' '; at++) {
      int digit = block[at] - '0';
      if (digit < 0 || digit > 7) {
        throw malformed();
      }
      value = value << 3 | digit;
    }
    return value;
  }

  private LayerException malformed() {
    return new LayerException(
        "malformed tar header: the field " + name().toLowerCase(Locale.ROOT) + " is no number");
  }

  void putText(byte[] block, byte[] text) {
    System.arraycopy(text, 0, block, offset, Math.min(length, text.length));
  }

  /** Octal with leading zeros and a NUL behind it. */
  void putOctal(byte[] block, long value) {
    long rest = value;
    for (int i = offset + length - 2; i >= offset; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
    block[offset + length - 1] = 0;
  }

  /** The number in as many bits as there are; for fields that PAX cannot replace. */
  void putBinary(byte[] block, long value) {
    long rest = value;
    for (int i = offset + length - 1; i > offset; i--) {
      block[i] = (byte) rest;
      rest >>>= 8;
    }
    block[offset] = (byte) 0x80;
  }

  /** Six digits, a NUL, a blank: so the sum is written since the first tar. */
  void putChecksum(byte[] block, int sum) {
    int rest = sum;
    for (int i = offset + 5; i >= offset; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
    block[offset + 6] = 0;
    block[offset + 7] = ' ';
  }

  /** Whether {@link #putOctal} has room for the number. */
  boolean fitsOctal(long value) {
    return value >= 0 && value < 1L << 3 * (length - 1);
  }

  /** The sum that a header must state: of all bytes, with blanks in place of the sum itself. */
  static int checksum(byte[] block, boolean signed) {
    int sum = 0;
    for (int i = 0; i < TarInput.BLOCK; i++) {
      boolean own = i >= CHECKSUM.offset && i < CHECKSUM.offset + CHECKSUM.length;
      sum += own ? ' ' : signed ? block[i] : block[i] & 0xff;
    }
    return sum;
  }
}
