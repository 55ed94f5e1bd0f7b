package dev.slipway.deflate;

import java.util.zip.Deflater;

/** By the JDK's zlib: slower than {@link DeflateEncoder}, but compiled when the JVM starts. */
public final class ZlibEncoder implements PieceEncoder {
  private final Deflater deflater;

  /**
   * @param level 0 to 9
   */
  public ZlibEncoder(int level) {
    this.deflater = new Deflater(level, true);
  }

  @Override
  public int encode(byte[] in, int from, int to, byte[] out) {
    if (from == to) {
      return 0;
    }
    deflater.reset();
    if (from > 0) {
      deflater.setDictionary(in, 0, from);
    }
    deflater.setInput(in, from, to - from);
    return deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
