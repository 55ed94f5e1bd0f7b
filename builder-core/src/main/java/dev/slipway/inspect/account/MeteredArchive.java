package dev.slipway.inspect.account;

import dev.slipway.layer.BlockInputStream;
import dev.slipway.layer.Decompression;
import java.io.IOException;
import java.io.InputStream;

/** The archive in a blob, which notes how far into the blob its bytes reach. */
final class MeteredArchive extends BlockInputStream {
  /** The blob is handed on in portions of this size: a stretch is what one of them gives. */
  private static final int PORTION = 4096;

  private final CompressionMap map = new CompressionMap();
  private final Portions portions;
  private final InputStream archive;
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private long unpacked;

  /**
   * @param blob closed with this, or here if this fails
   */
  MeteredArchive(InputStream blob) throws IOException {
    this.portions = new Portions(blob);
    this.archive = Decompression.open(portions, Decompression.LARGEST_LAYER);
  }

  /** Where the reader stands in the archive. */
  long position() {
    return unpacked - (end - start);
  }

  /** Reads the rest of both, so that the blob can verify itself; the map is complete then. */
  CompressionMap finish() throws IOException {
    byte[] rest = new byte[PORTION];
    while (read(rest, 0, rest.length) >= 0) {
      // Only its length is of interest.
    }
    while (portions.read(rest, 0, rest.length) >= 0) {
      // What follows the compressed data belongs to the blob too.
    }
    map.finish(unpacked, portions.read);
    return map;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (start == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - start);
    System.arraycopy(buffer, start, out, offset, count);
    start += count;
    return count;
  }

  private boolean fill() throws IOException {
    int got = archive.read(buffer, 0, buffer.length);
    if (got <= 0) {
      return false;
    }
    start = 0;
    end = got;
    unpacked += got;
    return true;
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }

  /** The blob in small reads, each of which ends a stretch. */
  private final class Portions extends BlockInputStream {
    private final InputStream blob;
    private long read;

    Portions(InputStream blob) {
      this.blob = blob;
    }

    @Override
    public int read(byte[] out, int offset, int length) throws IOException {
      // A decompressor asks for more when it has made all it can of what it was given.
      map.add(unpacked, read);
      // Filled up, so that a network's short reads do not make other stretches than a file's.
      int got = blob.readNBytes(out, offset, Math.min(length, PORTION));
      read += got;
      return got == 0 && length > 0 ? -1 : got;
    }

    @Override
    public void close() throws IOException {
      blob.close();
    }
  }
}
