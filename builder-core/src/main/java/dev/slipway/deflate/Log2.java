package dev.slipway.deflate;

/** Logarithms of whole numbers in fixed point: floating point may differ between machines. */
final class Log2 {
  /** The bits behind the point. */
  static final int FRACTION = 12;

  private static final int TABLE_BITS = 8;
  private static final short[] TABLE = new short[1 << TABLE_BITS];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = (short) fraction((1L << TABLE_BITS) + i);
    }
  }

  private Log2() {}

  /** The digits after the point of the logarithm, each found by squaring. */
  private static int fraction(long mantissa) {
    long x = mantissa << 30 - TABLE_BITS;
    int digits = 0;
    for (int i = 0; i < FRACTION; i++) {
      x = x * x >>> 30;
      digits <<= 1;
      if (x >= 1L << 31) {
        x >>>= 1;
        digits++;
      }
    }
    return digits;
  }

  /** {@code n * log2(n)}, and 0 for 0. */
  static long timesLog(int n) {
    if (n < 2) {
      return 0;
    }
    int whole = 31 - Integer.numberOfLeadingZeros(n);
    int index =
        whole >= TABLE_BITS
            ? n >>> whole - TABLE_BITS & TABLE.length - 1
            : n << TABLE_BITS - whole & TABLE.length - 1;
    return (long) n * ((whole << FRACTION) + TABLE[index]);
  }
}
