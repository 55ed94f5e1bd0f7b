package dev.slipway.layer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes all that is read. */
public final class TeeInputStream extends FilterInputStream {
  private final OutputStream out;
  private final byte[] scratch = new byte[1 << 16];

  public TeeInputStream(InputStream in, OutputStream out) {
    super(in);
    this.out = out;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      out.write(b);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int start, int length) throws IOException {
    int got = in.read(buffer, start, length);
    if (got > 0) {
      out.write(buffer, start, got);
    }
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    int got = count <= 0 ? 0 : read(scratch, 0, (int) Math.min(scratch.length, count));
    return Math.max(0, got);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
