package dev.slipway.inspect.account;

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
    return unpacked == 0
        ? NONE
        : new Cost(
            bytes,
            java.math.BigInteger.valueOf(stored)
                .multiply(java.math.BigInteger.valueOf(bytes))
                .divide(java.math.BigInteger.valueOf(unpacked))
                .longValue());
  }
}
