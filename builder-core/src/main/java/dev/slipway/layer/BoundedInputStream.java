package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;

/** Fails rather than give more than a number of bytes. */
final class BoundedInputStream extends BlockInputStream {
  private final InputStream in;
  private final long maxBytes;
  private long left;

  BoundedInputStream(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  @Override
  public int read(byte[] buffer, int start, int length) throws IOException {
    int got = in.read(buffer, start, length);
    if (got > left) {
      throw new LayerException("archive is larger than the limit of " + maxBytes + " bytes");
    }
    left -= Math.max(0, got);
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
