package dev.slipway.snapshot;

import dev.slipway.oci.Descriptor;
import dev.slipway.store.BlobStore;
import dev.slipway.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way into the store. It comes as fast as its source gives it, whoever reads it
 * meanwhile: what has come and is not read yet waits on disk.
 */
final class ArrivingBlob {
  private final Descriptor descriptor;
  private final LayerSource source;
  private final BlobWriter writer;
  private long arrived;
  private boolean ended;
  private @Nullable Throwable failure;

  ArrivingBlob(Descriptor descriptor, LayerSource source, BlobStore blobs) {
    this.descriptor = descriptor;
    this.source = source;
    this.writer = blobs.writer(descriptor.digest(), descriptor.size());
  }

  /** Brings it, to be called once; what fails is told to those who wait for it. */
  void fetch() {
    Throwable thrown = null;
    try (writer;
        InputStream in = source.open(descriptor)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        writer.write(buffer, 0, count);
        tell(count);
      }
      writer.commit();
    } catch (IOException | RuntimeException | Error e) {
      thrown = e;
    }
    end(thrown);
  }

  private synchronized void tell(int count) {
    arrived += count;
    notifyAll();
  }

  private synchronized void end(@Nullable Throwable thrown) {
    failure = thrown;
    ended = true;
    notifyAll();
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }

  /**
   * Waits until it is in the store.
   *
   * @throws SnapshotException if it cannot be had
   */
  void await() {
    awaitBeyond(Long.MAX_VALUE);
  }

  /**
   * Waits for bytes after a position; only where all have come are there none.
   *
   * @return how many bytes have come
   */
  private synchronized long awaitBeyond(long position) {
    boolean interrupted = false;
    while (arrived <= position && !ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof IOException e) {
      throw new SnapshotException(
          "cannot fetch layer " + descriptor.digest() + ": " + e.getMessage(), e);
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return arrived;
  }

  /**
   * Reads it as it comes, to be asked for before it is in the store. The end is told only of a blob
   * that is whole; one that is not makes reading fail with a {@link SnapshotException}.
   */
  InputStream open() throws IOException {
    FileChannel channel = FileChannel.open(writer.file(), StandardOpenOption.READ);
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int start, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        long there = awaitBeyond(position) - position;
        if (there == 0) {
          return -1;
        }
        int wanted = (int) Math.min(length, there);
        int count = channel.read(ByteBuffer.wrap(buffer, start, wanted), position);
        position += Math.max(0, count);
        return count;
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
