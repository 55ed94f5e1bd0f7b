package dev.slipway.snapshot;

import dev.slipway.layer.LayerDigests;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaType;
import dev.slipway.store.BlobWriter;
import dev.slipway.store.Store;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Writes layers as blobs into the store, each once, and remembers their digests. Thread-safe. */
public final class LayerBlobs {
  private final Store store;
  private final Executor executor;
  private final int parallelism;

  /**
   * @param executor compresses beside the calling thread
   * @param parallelism how many blocks of a layer are compressed at once
   */
  public LayerBlobs(Store store, Executor executor, int parallelism) {
    this.store = store;
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /**
   * The blob of a layer. A base image's own blob is taken as it is, and not fetched.
   *
   * @throws dev.slipway.diagnostic.BuildException if the layer cannot be read or written
   */
  public LayerBlob of(Layer layer, BlobFormat format) {
    if (layer instanceof ImageLayer image && keepsBlob(image, format)) {
      Image.Layer known = image.layer();
      return new LayerBlob(inOciTerms(known.descriptor()), known.diffId(), image::blob);
    }
    String kind = format.factKind();
    Optional<LayerBlob> remembered =
        store.facts().find(kind, layer.id().hex()).flatMap(bytes -> decode(bytes, format));
    return remembered.orElseGet(() -> write(layer, format, kind));
  }

  private static boolean keepsBlob(ImageLayer layer, BlobFormat format) {
    return !format.force() || inOciTerms(layer.descriptor()).mediaType().equals(format.mediaType());
  }

  private static Descriptor inOciTerms(Descriptor descriptor) {
    MediaType type = descriptor.mediaType();
    if (type.equals(MediaType.DOCKER_LAYER_GZIP)) {
      return descriptor.withMediaType(MediaType.OCI_LAYER_GZIP);
    }
    if (type.equals(MediaType.DOCKER_LAYER_ZSTD)) {
      return descriptor.withMediaType(MediaType.OCI_LAYER_ZSTD);
    }
    return type.equals(MediaType.DOCKER_LAYER)
        ? descriptor.withMediaType(MediaType.OCI_LAYER)
        : descriptor;
  }

  private LayerBlob write(Layer layer, BlobFormat format, String kind) {
    ChangeSet changes = layer.changes();
    if (format.latestTime().isPresent() && !(layer instanceof ImageLayer)) {
      changes = notAfter(changes, format.latestTime().get());
    }
    try (BlobWriter writer = store.blobs().writer()) {
      LayerDigests digests =
          dev.slipway.layer.LayerBlobs.write(
              changes, format.compression(), format.level(), executor, parallelism, writer);
      writer.commit();
      String fact = digests.diffId() + " " + digests.digest() + " " + digests.size();
      store.facts().put(kind, layer.id().hex(), fact.getBytes(StandardCharsets.US_ASCII));
      return blob(digests.diffId(), digests.digest(), digests.size(), format);
    } catch (IOException e) {
      throw new SnapshotException("cannot write a layer: " + e.getMessage(), e);
    }
  }

  private Optional<LayerBlob> decode(byte[] fact, BlobFormat format) {
    String[] parts = new String(fact, StandardCharsets.US_ASCII).split(" ");
    if (parts.length != 3) {
      return Optional.empty();
    }
    Digest digest = Digest.parse(parts[1]);
    long size = Long.parseLong(parts[2]);
    return store
        .blobs()
        .find(digest, size)
        .map(file -> blob(new DiffId(Digest.parse(parts[0])), digest, size, format));
  }

  private LayerBlob blob(DiffId diffId, Digest digest, long size, BlobFormat format) {
    return new LayerBlob(
        new Descriptor(format.mediaType(), digest, size), diffId, () -> file(digest, size));
  }

  private Path file(Digest digest, long size) {
    return store
        .blobs()
        .find(digest, size)
        .orElseThrow(() -> new SnapshotException("layer vanished from the store: " + digest, null));
  }

  /** The changes with no file newer than {@code latest}. */
  private static ChangeSet notAfter(ChangeSet changes, long latest) {
    List<Change> clamped = new ArrayList<>(changes.size());
    Map<Entry, Entry> links = new IdentityHashMap<>();
    for (Change change : changes) {
      if (change instanceof Change.Put put && put.entry().metadata().mtimeSeconds() >= latest) {
        Entry entry = put.entry();
        Entry older =
            entry.linked()
                ? links.computeIfAbsent(entry, linked -> withTime(linked, latest))
                : withTime(entry, latest);
        clamped.add(new Change.Put(put.path(), older));
      } else {
        clamped.add(change);
      }
    }
    return ChangeSet.of(clamped);
  }

  private static Entry withTime(Entry entry, long seconds) {
    return entry.withMetadata(entry.metadata().withMtime(seconds, 0));
  }
}
