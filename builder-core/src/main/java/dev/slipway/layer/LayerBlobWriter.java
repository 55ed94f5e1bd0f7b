package dev.slipway.layer;

import dev.slipway.deflate.DeflateEncoder;
import dev.slipway.deflate.PieceEncoder;
import dev.slipway.deflate.ZlibEncoder;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.UnclosedOutputStream;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.RegularFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Writes layers as they are sent and stored, in one pass. */
public final class LayerBlobWriter {
  private static final int BUFFER = 1 << 16;

  /** Up to so many bytes of files our encoder takes longer than zlib, for it must be compiled. */
  private static final long SMALL = 32 << 20;

  private LayerBlobWriter() {}

  /**
   * Archives, hashes, compresses and hashes again. The bytes depend on the changes, the compression
   * and the level only, never on the executor.
   *
   * @param level of the compression's own scale
   * @param executor compresses blocks beside the calling thread, which does what it does not get to
   * @param parallelism how many blocks are in the making at most; each holds half a MiB
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
    return write(changes, LayerDetail.STEP, compression, level, executor, parallelism, blob);
  }

  /**
   * The same for changes that were part of an image before: nothing that is known of a file is left
   * out.
   */
  public static LayerDigests writeEverything(
      ChangeSet changes,
      Compression compression,
      int level,
      Executor executor,
      int parallelism,
      OutputStream blob)
      throws IOException {
    return write(changes, LayerDetail.EVERYTHING, compression, level, executor, parallelism, blob);
  }

  private static LayerDigests write(
      ChangeSet changes,
      LayerDetail detail,
      Compression compression,
      int level,
      Executor executor,
      int parallelism,
      OutputStream blob)
      throws IOException {
    Archive archive = out -> LayerWriter.write(changes, detail, out);
    HashingOutputStream compressed = new HashingOutputStream(blob);
    if (compression == Compression.NONE) {
      writeBuffered(archive, compressed);
      byte[] hash = compressed.hash();
      long size = compressed.size();
      return new LayerDigests(DiffId.ofHash(hash), Digest.ofHash(hash), size, size);
    }
    HashingOutputStream hashed =
        compression == Compression.GZIP
            ? writeGzip(archive, encoders(changes, level), executor, parallelism, compressed)
            : writeZstd(archive, level, parallelism, compressed);
    return new LayerDigests(
        DiffId.ofHash(hashed.hash()),
        Digest.ofHash(compressed.hash()),
        compressed.size(),
        hashed.size());
  }

  /** Writes itself uncompressed. */
  @FunctionalInterface
  private interface Archive {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Who compresses this: our encoder is quicker than zlib, but only once the JVM has compiled it.
   */
  private static Supplier<PieceEncoder> encoders(ChangeSet changes, int level) {
    return level == 0 || isSmall(changes)
        ? () -> new ZlibEncoder(level)
        : () -> new DeflateEncoder(level);
  }

  private static boolean isSmall(ChangeSet changes) {
    long size = 0;
    for (Change change : changes) {
      if (change instanceof Change.Put put && put.entry() instanceof RegularFile file) {
        size += file.size();
        if (size > SMALL) {
          return false;
        }
      }
    }
    return true;
  }

  private static HashingOutputStream writeGzip(
      Archive source,
      Supplier<PieceEncoder> encoders,
      Executor executor,
      int parallelism,
      OutputStream out)
      throws IOException {
    try (ParallelGzip gzip = new ParallelGzip(out, encoders, executor, parallelism)) {
      HashingOutputStream archive = new HashingOutputStream(gzip);
      writeBuffered(source, archive);
      gzip.finish();
      return archive;
    }
  }

  private static HashingOutputStream writeZstd(
      Archive source, int level, int parallelism, OutputStream out) throws IOException {
    OutputStream open = new UnclosedOutputStream(out);
    try (OutputStream zstd = ZstdStreams.compress(open, level, parallelism)) {
      HashingOutputStream archive = new HashingOutputStream(zstd);
      writeBuffered(source, archive);
      return archive;
    }
  }

  private static void writeBuffered(Archive archive, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
    archive.write(buffered);
    buffered.flush();
  }
}
