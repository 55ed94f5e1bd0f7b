package dev.slipway.snapshot;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.layer.Decompression;
import dev.slipway.layer.ReadAheadInputStream;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.store.BlobWriter;
import dev.slipway.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The blob of an image's layer: fetched when it is first wanted, and at most once. Thread-safe. */
final class ImageBlob {
  private static final int BUFFER = 1 << 17;

  private final Store store;
  private final Image.Layer layer;
  private final LayerSource source;
  private final Executor executor;
  private final Semaphore readers;
  private @Nullable ArrivingBlob arriving;

  /**
   * @param executor fetches and decompresses beside the callers; runs any number of tasks at once
   * @param readers how many archives may be read at once
   */
  ImageBlob(
      Store store, Image.Layer layer, LayerSource source, Executor executor, Semaphore readers) {
    this.store = store;
    this.layer = layer;
    this.source = source;
    this.executor = executor;
    this.readers = readers;
  }

  /** Begins to fetch it if it is not there, and returns at once. */
  void fetch() {
    if (find().isEmpty()) {
      arrival();
    }
  }

  private synchronized ArrivingBlob arrival() {
    ArrivingBlob known = arriving;
    if (known != null && !known.hasFailed()) {
      return known;
    }
    ArrivingBlob made = new ArrivingBlob(layer.descriptor(), source, store.blobs());
    executor.execute(made::fetch);
    arriving = made;
    return made;
  }

  private Optional<Path> find() {
    Descriptor descriptor = layer.descriptor();
    return store.blobs().find(descriptor.digest(), descriptor.size());
  }

  /** Whether the store has it. */
  boolean isHere() {
    return find().isPresent();
  }

  /** As the store has it, verified on the way; fetched if it is not there. */
  InputStream openKept() {
    Optional<InputStream> kept = store.blobs().open(layer.descriptor());
    if (kept.isPresent()) {
      return kept.get();
    }
    arrival().await();
    return store.blobs().open(layer.descriptor()).orElseThrow(this::vanished);
  }

  private SnapshotException vanished() {
    return SnapshotException.vanished(layer.descriptor().digest());
  }

  /** Makes something of an archive; throws what is not the archive's fault as it is. */
  @FunctionalInterface
  interface Use<T> {
    T of(InputStream archive) throws IOException;
  }

  /**
   * Reads the archive in it, uncompressed, as it comes where it is not there yet. Its end is told
   * only where blob and archive are those that the image names: what was made of the bytes before
   * must not be kept without it.
   *
   * @throws BuildException if there is no such archive
   * @throws IOException what {@code use} throws
   */
  <T> T read(Use<T> use) throws IOException {
    readers.acquireUninterruptibly();
    try (InputStream in = open()) {
      return use.of(in);
    } catch (BuildException e) {
      // That a blob is not the one that was asked for explains all else.
      await();
      checkKept(e);
      throw e;
    } finally {
      readers.release();
    }
  }

  /** One that was damaged on this disk is deleted, so that it is fetched anew. */
  private void checkKept(Exception failure) {
    if (isHere() && !store.blobs().isIntact(layer.descriptor())) {
      throw SnapshotException.damaged(layer.descriptor().digest(), failure);
    }
  }

  private InputStream open() throws IOException {
    InputStream compressed = compressed();
    InputStream plain;
    try {
      plain = Decompression.open(compressed, Decompression.LARGEST_LAYER);
    } catch (IOException e) {
      throw new SnapshotException("cannot read layer " + layer.descriptor().digest(), e);
    }
    return new VerifiedArchive(ReadAheadInputStream.of(plain, executor), layer, this::await);
  }

  private InputStream compressed() throws IOException {
    Optional<Path> present = find();
    if (present.isPresent()) {
      return Files.newInputStream(present.get());
    }
    ArrivingBlob coming = arrival();
    try {
      return coming.open();
    } catch (NoSuchFileException e) {
      coming.await();
      return Files.newInputStream(find().orElseThrow(this::vanished));
    }
  }

  /** Waits until it is whole, or fails. */
  private void await() {
    ArrivingBlob coming;
    synchronized (this) {
      coming = arriving;
    }
    if (coming != null) {
      coming.await();
    }
  }

  /**
   * The archive as a file, for random access; made of the blob if it is not there.
   *
   * @param end how many bytes it has at least: nobody has told how long it is, and a power failure
   *     can leave the beginning of it, or nothing
   */
  synchronized Path archive(long end) throws IOException {
    Digest digest = layer.diffId().digest();
    Optional<Path> present = store.blobs().find(digest);
    if (present.isPresent() && Files.size(present.get()) >= end) {
      return present.get();
    }
    try (InputStream compressed = openKept();
        InputStream in = Decompression.open(compressed, Decompression.LARGEST_LAYER);
        BlobWriter writer = store.blobs().writer(digest, -1)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        writer.write(buffer, 0, count);
      }
      writer.commit();
    } catch (IOException e) {
      checkKept(e);
      throw new SnapshotException("cannot unpack layer " + layer.descriptor().digest(), e);
    }
    return store.blobs().find(digest).orElseThrow(() -> SnapshotException.vanished(digest));
  }

  boolean isArchived() {
    return store.blobs().find(layer.diffId().digest()).isPresent();
  }
}
