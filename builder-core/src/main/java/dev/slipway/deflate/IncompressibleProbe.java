package dev.slipway.deflate;

import java.util.Arrays;

/**
 * Tells from samples whether deflating is worth it. Two looks, each of which may say that it is:
 * how evenly byte values are spread, and whether bytes repeat.
 */
public final class IncompressibleProbe {
  private static final int SLICES = 16;
  private static final int SLICE = 512;
  private static final int SAMPLE = SLICES * SLICE;

  // Random bytes show 7.977 bits a byte in a sample of this size; JPEG and gzip stay above 7.9.
  private static final long ENTROPY = (79L << Log2.FRACTION) * SAMPLE / 10;

  /** What is looked at for repetition, and how much of it may be chance. */
  private static final int STRETCH = 8 << 10;

  private static final int CHANCE = STRETCH / 64;
  private static final int HASH_BITS = 12;

  private final int[] counts = new int[256];
  private final int[] latest = new int[1 << HASH_BITS];

  /** Whether the bytes between two places would not become fewer. */
  public boolean isIncompressible(byte[] in, int from, int to) {
    int length = to - from;
    if (length < 4 * SAMPLE) {
      return false;
    }
    Arrays.fill(counts, 0);
    int stride = (length - SLICE) / (SLICES - 1);
    for (int i = 0; i < SLICES; i++) {
      count(in, from + i * stride);
    }
    return isEven() && !repeats(in, from + (length - STRETCH) / 2);
  }

  private void count(byte[] in, int from) {
    for (int i = from; i < from + SLICE; i++) {
      counts[in[i] & 0xff]++;
    }
  }

  private boolean isEven() {
    long bits = Log2.timesLog(SAMPLE);
    for (int count : counts) {
      bits -= Log2.timesLog(count);
    }
    return bits > ENTROPY;
  }

  /** Finds repetitions that the spread of values does not show. */
  private boolean repeats(byte[] in, int from) {
    Arrays.fill(latest, 0);
    int repeated = 0;
    for (int at = from; at < from + STRETCH; at++) {
      int four = Bytes.intAt(in, at);
      int slot = HashChains.hash4(four) >>> HashChains.HASH_4_BITS - HASH_BITS;
      if (latest[slot] == four) {
        repeated++;
      }
      latest[slot] = four;
    }
    return repeated > CHANCE;
  }
}
