package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose bytes all pass through one method, {@link #read(byte[], int, int)}: single bytes
 * and what is skipped are read by it too, so that a stream which counts, checks or copies misses
 * none. There are no marks.
 */
public abstract class BlockInputStream extends InputStream {
  private static final int SKIPPED_AT_ONCE = 1 << 16;

  private byte @Nullable [] skipped;

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0) {
      return 0;
    }
    int length = (int) Math.min(SKIPPED_AT_ONCE, count);
    byte[] into = skipped;
    if (into == null || into.length < length) {
      into = new byte[length];
      skipped = into;
    }
    return Math.max(0, read(into, 0, length));
  }
}
