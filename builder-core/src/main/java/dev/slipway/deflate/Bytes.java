package dev.slipway.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Several bytes of an array at once, the first of them the lowest, whatever the machine. */
final class Bytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  /**
   * How many bytes are equal behind two places, at most {@code max}; 7 behind these can be read.
   */
  static int commonLength(byte[] bytes, int one, int other, int max) {
    int length = 0;
    do {
      long difference = longAt(bytes, one + length) ^ longAt(bytes, other + length);
      if (difference != 0) {
        return Math.min(max, length + (Long.numberOfTrailingZeros(difference) >>> 3));
      }
      length += 8;
    } while (length < max);
    return max;
  }
}
