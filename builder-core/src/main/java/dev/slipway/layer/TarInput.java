package dev.slipway.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of an archive, counted and bounded. */
final class TarInput {
  static final int BLOCK = 512;

  private final InputStream in;
  private final long maxBytes;
  private long position;

  TarInput(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  long position() {
    return position;
  }

  /**
   * Fills the block.
   *
   * @return false if the stream is at its end
   */
  boolean readBlock(byte[] block) throws IOException {
    int got = in.readNBytes(block, 0, BLOCK);
    advance(got);
    if (got != 0 && got != BLOCK) {
      throw truncated();
    }
    return got == BLOCK;
  }

  /** The next {@code length} bytes, of which the caller knows that they are few. */
  byte[] readFully(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    advance(bytes.length);
    if (bytes.length < length) {
      throw truncated();
    }
    return bytes;
  }

  void skip(long length) throws IOException {
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      throw truncated();
    }
    advance(length);
  }

  /**
   * Skips the bytes that fill up the last block of a body.
   *
   * @return false if the stream ended before, as archives that nobody closed do
   */
  boolean skipPadding(int length) throws IOException {
    int got = in.readNBytes(length).length;
    advance(got);
    return got == length;
  }

  int read(byte[] buffer, int start, int length) throws IOException {
    int got = in.read(buffer, start, length);
    if (got < 0) {
      throw truncated();
    }
    advance(got);
    return got;
  }

  /** Reads what is left: a hash that somebody takes of the stream shall see all of it. */
  void drain() throws IOException {
    byte[] buffer = new byte[16 * BLOCK];
    int got;
    while ((got = in.read(buffer)) >= 0) {
      advance(got);
    }
  }

  private void advance(long bytes) {
    position += bytes;
    if (position > maxBytes || position < 0) {
      throw new LayerException("archive is larger than the limit of " + maxBytes + " bytes");
    }
  }

  private static LayerException truncated() {
    return new LayerException("archive ends in the middle of a member");
  }
}
