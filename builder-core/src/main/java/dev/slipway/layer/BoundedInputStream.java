package dev.slipway.layer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails rather than give more than a number of bytes. */
final class BoundedInputStream extends FilterInputStream {
  private final long maxBytes;
  private long left;

  BoundedInputStream(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(1 << 16, Math.max(0, count))];
    return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
