package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes all that is read. */
public final class TeeInputStream extends BlockInputStream {
  private final InputStream in;
  private final OutputStream out;

  public TeeInputStream(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
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
  public void close() throws IOException {
    in.close();
  }
}
