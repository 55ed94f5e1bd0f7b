package dev.slipway.layer;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Tells from a sample whether deflating a block is worth it. Two looks, each of which may say that
 * it is: how evenly byte values are spread, and what the quickest level makes of the sample.
 */
final class IncompressibleProbe {
  private static final int SLICES = 16;
  private static final int SLICE = 512;
  private static final int SAMPLE = SLICES * SLICE;

  // Random bytes show 7.977 bits a byte in a sample of this size; JPEG and gzip stay above 7.9.
  private static final double ENTROPY_BITS = 7.9;

  private final byte[] sample = new byte[SAMPLE];
  private final byte[] scratch = new byte[SAMPLE + SAMPLE / 8];
  private final int[] counts = new int[256];

  boolean isIncompressible(byte[] block, int length) {
    if (length < 4 * SAMPLE) {
      return false;
    }
    int stride = (length - SLICE) / (SLICES - 1);
    for (int i = 0; i < SLICES; i++) {
      System.arraycopy(block, i * stride, sample, i * SLICE, SLICE);
    }
    return entropyBits() > ENTROPY_BITS && !shrinks(block, length);
  }

  private double entropyBits() {
    Arrays.fill(counts, 0);
    for (byte b : sample) {
      counts[b & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / SAMPLE;
        bits -= share * Math.log(share);
      }
    }
    return bits / Math.log(2);
  }

  /** Finds repetitions that the spread of values does not show. */
  private boolean shrinks(byte[] block, int length) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(block, (length - SAMPLE) / 2, SAMPLE);
      deflater.finish();
      int size = deflater.deflate(scratch);
      return size < SAMPLE - SAMPLE / 64;
    } finally {
      deflater.end();
    }
  }
}
