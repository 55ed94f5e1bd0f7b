package dev.slipway.layer;

import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.tree.ChangeSet;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;

/** Writes layers as they are sent and stored, in one pass. */
public final class LayerBlobs {
  private static final int BUFFER = 1 << 16;

  private LayerBlobs() {}

  /**
   * Archives, hashes, compresses and hashes again. The bytes depend on the changes, the compression
   * and the level only, never on the executor.
   *
   * @param level of the compression's own scale
   * @param executor compresses blocks beside the calling thread, which does what it does not get to
   * @param parallelism how many blocks are in the making at most; each holds 2 MiB
   * @param blob stays open
   */
  public static LayerDigests write(
      ChangeSet changes,
      Compression compression,
      int level,
      Executor executor,
      int parallelism,
      OutputStream blob)
      throws IOException {
    HashingOutputStream compressed = new HashingOutputStream(blob);
    HashingOutputStream archive;
    switch (compression) {
      case NONE -> {
        archive = new HashingOutputStream(compressed);
        writeBuffered(changes, archive);
      }
      case GZIP -> {
        try (ParallelGzip gzip = new ParallelGzip(compressed, level, executor, parallelism)) {
          archive = new HashingOutputStream(gzip);
          writeBuffered(changes, archive);
          gzip.finish();
        }
      }
      case ZSTD -> {
        OutputStream open = new UnclosedOutputStream(compressed);
        try (OutputStream zstd = ZstdStreams.compress(open, level, parallelism)) {
          archive = new HashingOutputStream(zstd);
          writeBuffered(changes, archive);
        }
      }
      default -> throw new AssertionError(compression);
    }
    compressed.flush();
    return new LayerDigests(
        DiffId.ofHash(archive.hash()),
        Digest.ofHash(compressed.hash()),
        compressed.size(),
        archive.size());
  }

  private static void writeBuffered(ChangeSet changes, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
    LayerWriter.write(changes, buffered);
    buffered.flush();
  }

  /** Keeps the caller's stream open when a compressor closes. */
  private static final class UnclosedOutputStream extends FilterOutputStream {
    UnclosedOutputStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
