package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;

/** Reads what is compressed, in whichever way its first bytes say. */
public final class Decompression {
  private Decompression() {}

  /** How a stream that begins with these bytes is compressed. */
  public static Compression detect(byte[] start) {
    throw new UnsupportedOperationException();
  }

  /**
   * The uncompressed bytes of a gzip (of any number of members) or zstd stream, or the bytes
   * themselves.
   *
   * @param compressed closed with the result
   * @param maxBytes reading more than this fails with a {@link LayerException}
   */
  public static InputStream open(InputStream compressed, long maxBytes) throws IOException {
    throw new UnsupportedOperationException();
  }
}
