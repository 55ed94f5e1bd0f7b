package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/** Reads what is compressed, in whichever way its first bytes say. */
public final class Decompression {
  private static final int MAGIC_LENGTH = 4;
  private static final int LONGEST_MAGIC = 6;

  private Decompression() {}

  /** How a stream that begins with these bytes is compressed; four of them are enough. */
  public static Compression detect(byte[] start) {
    if (startsWith(start, 0x1f, 0x8b)) {
      return Compression.GZIP;
    }
    boolean skippable =
        start.length >= 4 && (start[0] & 0xf0) == 0x50 && startsWith(tail(start), 0x2a, 0x4d, 0x18);
    return skippable || startsWith(start, 0x28, 0xb5, 0x2f, 0xfd)
        ? Compression.ZSTD
        : Compression.NONE;
  }

  private static byte[] tail(byte[] start) {
    return Arrays.copyOfRange(start, 1, start.length);
  }

  private static boolean startsWith(byte[] start, int... magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The uncompressed bytes of a gzip (of any number of members) or zstd stream, or the bytes
   * themselves. Bytes that are malformed make reading fail with a {@link LayerException}.
   *
   * @param compressed closed with the result
   * @param maxBytes reading more than this fails with a {@link LayerException}
   */
  public static InputStream open(InputStream compressed, long maxBytes) throws IOException {
    PushbackInputStream in = new PushbackInputStream(compressed, MAGIC_LENGTH);
    byte[] start = in.readNBytes(MAGIC_LENGTH);
    in.unread(start);
    InputStream plain =
        switch (detect(start)) {
          case NONE -> in;
          case GZIP -> new GunzipInputStream(in);
          case ZSTD -> ZstdStreams.decompress(in);
        };
    return new BoundedInputStream(plain, maxBytes);
  }

  /** As {@link #open}, but bzip2 and xz too, which no layer may be but {@code ADD} unpacks. */
  static InputStream openAny(InputStream compressed, long maxBytes) throws IOException {
    PushbackInputStream in = new PushbackInputStream(compressed, LONGEST_MAGIC);
    byte[] start = in.readNBytes(LONGEST_MAGIC);
    in.unread(start);
    if (isBzip2(start)) {
      return new BoundedInputStream(OtherCompressions.bzip2(in), maxBytes);
    }
    if (isXz(start)) {
      return new BoundedInputStream(OtherCompressions.xz(in), maxBytes);
    }
    return open(in, maxBytes);
  }

  /** Whether {@link #openAny} would give other bytes than these. */
  static boolean isCompressed(InputStream bytes) throws IOException {
    byte[] start = bytes.readNBytes(LONGEST_MAGIC);
    return isBzip2(start) || isXz(start) || detect(start) != Compression.NONE;
  }

  private static boolean isBzip2(byte[] start) {
    return startsWith(start, 'B', 'Z', 'h');
  }

  private static boolean isXz(byte[] start) {
    return startsWith(start, 0xfd, '7', 'z', 'X', 'Z', 0);
  }
}
