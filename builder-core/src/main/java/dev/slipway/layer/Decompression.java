package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/** Reads what is compressed, in whichever way its first bytes say. */
public final class Decompression {
  /** No layer is larger than this, unpacked: what goes on is a bomb. */
  public static final long LARGEST_LAYER = 1L << 40;

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
   * @param compressed closed with the result, or here if this fails
   * @param maxBytes reading more than this fails with a {@link LayerException}
   */
  public static InputStream open(InputStream compressed, long maxBytes) throws IOException {
    return open(compressed, maxBytes, false);
  }

  /**
   * As {@link #open}, but bzip2 and xz too, which no layer may be but {@code ADD} unpacks, and with
   * anything behind the end of a gzip stream.
   */
  static InputStream openAny(InputStream compressed, long maxBytes) throws IOException {
    return open(compressed, maxBytes, true);
  }

  private static InputStream open(InputStream compressed, long maxBytes, boolean any)
      throws IOException {
    try {
      PushbackInputStream in = new PushbackInputStream(compressed, LONGEST_MAGIC);
      byte[] start = in.readNBytes(any ? LONGEST_MAGIC : MAGIC_LENGTH);
      in.unread(start);
      return new BoundedInputStream(plain(in, start, any), maxBytes);
    } catch (IOException | RuntimeException | Error e) {
      try (compressed) {
        throw e;
      }
    }
  }

  private static InputStream plain(InputStream in, byte[] start, boolean any) throws IOException {
    if (any && isBzip2(start)) {
      return OtherCompressions.bzip2(in);
    }
    if (any && isXz(start)) {
      return OtherCompressions.xz(in);
    }
    return switch (detect(start)) {
      case NONE -> in;
      case GZIP -> new GunzipInputStream(in, any);
      case ZSTD -> ZstdStreams.decompress(in);
    };
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
