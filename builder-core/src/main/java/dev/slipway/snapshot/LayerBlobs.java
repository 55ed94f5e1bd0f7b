package dev.slipway.snapshot;

import dev.slipway.layer.Compression;
import dev.slipway.layer.LayerBlobWriter;
import dev.slipway.layer.LayerDigests;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaType;
import dev.slipway.store.BlobWriter;
import dev.slipway.store.LayerId;
import dev.slipway.store.Store;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes layers as blobs into the store, each once, and remembers their digests. Thread-safe. */
public final class LayerBlobs {
  private static final String CAPABILITY = "security.capability";

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
    return of(layer, format, () -> {});
  }

  /**
   * As {@link #of(Layer, BlobFormat)}.
   *
   * @param anew called before the blob is written, where the store did not have it
   */
  public LayerBlob of(Layer layer, BlobFormat format, Runnable anew) {
    Layer made = layer.complete();
    if (made != layer) {
      return of(made, format, anew);
    }
    if (layer instanceof ImageLayer image && keepsBlob(image, format)) {
      Image.Layer known = image.layer();
      return new LayerBlob(inOciTerms(known.descriptor()), known.diffId(), image::openBlob);
    }
    String kind = format.factKind();
    Optional<LayerBlob> remembered =
        store.facts().find(kind, layer.id().hex()).flatMap(bytes -> decode(bytes, format));
    if (remembered.isPresent()) {
      return remembered.get();
    }
    anew.run();
    return write(layer, format, kind);
  }

  private static boolean keepsBlob(ImageLayer layer, BlobFormat format) {
    if (layer.isOfImage() && !format.force()) {
      return true;
    }
    return inOciTerms(layer.descriptor()).mediaType().equals(format.mediaType())
        && (layer.isOfImage() || format.latestTime().isEmpty());
  }

  private static boolean isOfImage(Layer layer) {
    return layer instanceof ImageLayer image && image.isOfImage();
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
    if (format.latestTime().isPresent() && !isOfImage(layer)) {
      changes = notAfter(changes, format.latestTime().get());
    }
    LayerDigests digests = write(changes, format, isOfImage(layer));
    remember(layer.id(), digests, kind);
    if (layer instanceof ComputedLayer) {
      // What a command made was made by that command; only copied files come from elsewhere.
      EntryOrigins.remember(store, digests.diffId(), changes);
    }
    return made(digests, format);
  }

  /**
   * The changes of a layer as its blob has them: less than is known of what a step made, but all
   * that is known of an image's layer.
   */
  public ChangeSet changesInBlob(Layer layer, BlobFormat format) {
    ChangeSet changes = layer.changes();
    return isOfImage(layer)
        ? changes
        : changes.withEntries(entry -> asStepWrites(entry, format.latestTime()));
  }

  /**
   * The blob of several layers as one.
   *
   * @param id names what comes of it
   * @param changes all of them together, as {@link #changesInBlob} gives each; asked for only if
   *     the blob is to be made
   * @param check looks at what was made, before it is remembered
   */
  public LayerBlob ofMerged(
      LayerId id, BlobFormat format, Supplier<ChangeSet> changes, Consumer<LayerBlob> check) {
    String kind = format.factKind();
    Optional<LayerBlob> remembered =
        store.facts().find(kind, id.hex()).flatMap(bytes -> decode(bytes, format));
    if (remembered.isPresent()) {
      return remembered.get();
    }
    ChangeSet merged = changes.get();
    LayerDigests digests = write(merged, format, true);
    LayerBlob made = made(digests, format);
    check.accept(made);
    remember(id, digests, kind);
    EntryOrigins.remember(store, digests.diffId(), merged);
    return made;
  }

  private LayerDigests write(ChangeSet changes, BlobFormat format, boolean everything) {
    try (BlobWriter writer = store.blobs().writer()) {
      Compression compression = format.compression();
      int level = format.level();
      LayerDigests digests =
          everything
              ? LayerBlobWriter.writeEverything(
                  changes, compression, level, executor, parallelism, writer)
              : LayerBlobWriter.write(changes, compression, level, executor, parallelism, writer);
      writer.commit();
      return digests;
    } catch (IOException e) {
      throw SnapshotException.unwritable("cannot write a layer to the store", e);
    }
  }

  private void remember(LayerId id, LayerDigests digests, String kind) {
    String fact = digests.diffId() + " " + digests.digest() + " " + digests.size();
    store.facts().put(kind, id.hex(), fact.getBytes(StandardCharsets.US_ASCII));
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
        .map(
            file -> {
              Descriptor blob = new Descriptor(format.mediaType(), digest, size);
              DiffId diffId = new DiffId(Digest.parse(parts[0]));
              return new LayerBlob(blob, diffId, () -> openKept(blob));
            });
  }

  private InputStream openKept(Descriptor blob) {
    return store.blobs().open(blob).orElseThrow(() -> SnapshotException.vanished(blob.digest()));
  }

  /** What was digested as it was written a moment ago is not digested again. */
  private LayerBlob made(LayerDigests digests, BlobFormat format) {
    Digest digest = digests.digest();
    return new LayerBlob(
        new Descriptor(format.mediaType(), digest, digests.size()),
        digests.diffId(),
        () ->
            Files.newInputStream(
                store
                    .blobs()
                    .find(digest, digests.size())
                    .orElseThrow(() -> SnapshotException.vanished(digest))));
  }

  /** The changes with no file newer than {@code latest}. */
  private static ChangeSet notAfter(ChangeSet changes, long latest) {
    return changes.withEntries(entry -> notAfter(entry, latest));
  }

  private static Entry notAfter(Entry entry, long latest) {
    Metadata metadata = entry.metadata();
    return metadata.mtimeSeconds() >= latest
        ? entry.withMetadata(metadata.withMtime(latest, 0))
        : entry;
  }

  private static Entry asStepWrites(Entry entry, Optional<Long> latest) {
    Entry older = latest.isPresent() ? notAfter(entry, latest.get()) : entry;
    Metadata metadata = older.metadata();
    byte[] capability = metadata.xattrs().get(CAPABILITY);
    if (metadata.mtimeNanos() == 0 && metadata.xattrs().size() == (capability == null ? 0 : 1)) {
      return older;
    }
    return older.withMetadata(
        metadata
            .withMtime(metadata.mtimeSeconds(), 0)
            .withXattrs(
                capability == null ? Xattrs.EMPTY : Xattrs.of(Map.of(CAPABILITY, capability))));
  }
}
