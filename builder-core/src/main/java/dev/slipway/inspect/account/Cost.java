package dev.slipway.inspect.account;

import java.math.BigInteger;

/**
 * Bytes in the two forms of a layer.
 *
 * @param unpacked in the tar archive
 * @param stored the share in the blob, which is usually compressed
 */
public record Cost(long unpacked, long stored) {
  public static final Cost NONE = new Cost(0, 0);

  public Cost plus(Cost other) {
    return new Cost(unpacked + other.unpacked, stored + other.stored);
  }

  public Cost minus(Cost other) {
    return new Cost(unpacked - other.unpacked, stored - other.stored);
  }

  /** The part of it that {@code bytes} of the archive have, pro rata. */
  public Cost part(long bytes) {
    return unpacked == 0 ? NONE : new Cost(bytes, proRata(stored, bytes, unpacked));
  }

  /** What {@code part} of {@code whole} has of {@code amount}, rounded down. */
  static long proRata(long amount, long part, long whole) {
    if (amount < Integer.MAX_VALUE && part < Integer.MAX_VALUE) {
      return amount * part / whole;
    }
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(part))
        .divide(BigInteger.valueOf(whole))
        .longValue();
  }
}
