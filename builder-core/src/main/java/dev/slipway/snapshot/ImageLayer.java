package dev.slipway.snapshot;

import dev.slipway.layer.ChangeSetCodec;
import dev.slipway.layer.Decompression;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.store.BlobWriter;
import dev.slipway.store.LayerId;
import dev.slipway.store.Store;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A layer of an image: a blob, fetched only when its tree or directory is wanted. */
final class ImageLayer extends Layer {
  private static final String TREE = "tree";

  /**
   * Small files that nearly every build looks into; kept with the tree, so that no blob is read.
   */
  private static final Set<TreePath> KEPT =
      Set.of(TreePath.of("etc/passwd"), TreePath.of("etc/group"));

  private static final int KEPT_LIMIT = 4000;
  private static final byte SLICE = 0;
  private static final byte BYTES = 1;
  private static final int BUFFER = 1 << 16;

  /** No layer is larger than this, unpacked: what goes on is a bomb. */
  private static final long MAX_BYTES = 1L << 40;

  private final Store store;
  private final Image.Layer layer;
  private final LayerSource source;
  private final Origin origin;
  private final Object fetching = new Object();

  ImageLayer(Store store, Image.Layer layer, LayerSource source, Origin origin) {
    super(idOf(layer));
    this.store = store;
    this.layer = layer;
    this.source = source;
    this.origin = origin;
  }

  static LayerId idOf(Image.Layer layer) {
    return new LayerId(layer.diffId().digest().hex());
  }

  Descriptor descriptor() {
    return layer.descriptor();
  }

  Image.Layer layer() {
    return layer;
  }

  /** Whether no build has looked into it here. */
  boolean isNew() {
    return !isLoaded() && !store.facts().has(TREE, id().hex());
  }

  /**
   * Where its blob is in the store; fetched if it is not there. The lock is another than that of
   * the tree form, so that a layer is unpacked while its tree is being read.
   */
  Path blob() {
    synchronized (fetching) {
      return fetched();
    }
  }

  private Path fetched() {
    Descriptor descriptor = layer.descriptor();
    Optional<Path> present = store.blobs().find(descriptor.digest(), descriptor.size());
    if (present.isPresent()) {
      return present.get();
    }
    try (InputStream in = source.open(descriptor);
        BlobWriter writer = store.blobs().writer(descriptor.digest(), descriptor.size())) {
      in.transferTo(writer);
      writer.commit();
    } catch (IOException e) {
      throw new SnapshotException(
          "cannot fetch layer " + descriptor.digest() + ": " + e.getMessage(), e);
    }
    return store
        .blobs()
        .find(descriptor.digest(), descriptor.size())
        .orElseThrow(() -> new SnapshotException("layer vanished: " + descriptor.digest(), null));
  }

  @Override
  public long bytesToOpen() {
    return store.blobs().find(layer.diffId().digest()).isPresent() ? 0 : descriptor().size();
  }

  /** The archive itself, for random access; made of the blob if it is not there. */
  private synchronized Path archive() {
    Digest digest = layer.diffId().digest();
    Optional<Path> present = store.blobs().find(digest);
    if (present.isPresent()) {
      return present.get();
    }
    try (InputStream in = Decompression.open(Files.newInputStream(blob()), MAX_BYTES);
        BlobWriter writer = store.blobs().writer(digest, -1)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        writer.write(buffer, 0, count);
      }
      writer.commit();
    } catch (IOException e) {
      throw new SnapshotException("cannot unpack layer " + layer.descriptor().digest(), e);
    }
    return store
        .blobs()
        .find(digest)
        .orElseThrow(() -> new SnapshotException("archive vanished: " + digest, null));
  }

  @Override
  ChangeSet loadChanges() {
    Optional<byte[]> kept = store.facts().find(TREE, id().hex());
    try {
      if (kept.isPresent()) {
        return ChangeSetCodec.read(kept.get(), this::decode);
      }
      ChangeSet changes;
      try (InputStream in = Decompression.open(Files.newInputStream(blob()), MAX_BYTES)) {
        changes = LayerReader.readChanges(in, LayerReadOptions.layer(origin), this::contentOf);
      }
      ByteArrayOutputStream encoded = new ByteArrayOutputStream();
      ChangeSetCodec.write(changes, encoded, ImageLayer::encode);
      store.facts().put(TREE, id().hex(), encoded.toByteArray());
      return changes;
    } catch (IOException e) {
      throw new SnapshotException("cannot read layer " + layer.descriptor().digest(), e);
    }
  }

  private Content contentOf(TreePath path, long size, long offset, InputStream body)
      throws IOException {
    if (size <= KEPT_LIMIT && KEPT.contains(path)) {
      return new BytesContent(body.readNBytes((int) size));
    }
    return new ArchiveContent(offset, size, null);
  }

  private static byte[] encode(Content content) throws IOException {
    if (content instanceof ArchiveContent slice) {
      return ByteBuffer.allocate(9).put(SLICE).putLong(slice.offset).array();
    }
    try (InputStream in = content.open()) {
      byte[] bytes = in.readAllBytes();
      return ByteBuffer.allocate(1 + bytes.length).put(BYTES).put(bytes).array();
    }
  }

  private Content decode(byte[] reference, long size, @Nullable String digest) {
    ByteBuffer in = ByteBuffer.wrap(reference);
    if (in.get() == SLICE) {
      return new ArchiveContent(in.getLong(), size, digest);
    }
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new BytesContent(bytes);
  }

  /** A file of the layer, in its archive. */
  private final class ArchiveContent implements Content {
    private final long offset;
    private final long size;
    private final @Nullable String digest;

    ArchiveContent(long offset, long size, @Nullable String digest) {
      this.offset = offset;
      this.size = size;
      this.digest = digest;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public InputStream open() throws IOException {
      return new dev.slipway.layer.TarSliceContent(archive(), offset, size).open();
    }

    @Override
    public @Nullable String digestIfKnown() {
      return digest;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ArchiveContent content
          && content.layer().equals(layer())
          && content.offset == offset
          && content.size == size;
    }

    private LayerId layer() {
      return id();
    }

    @Override
    public int hashCode() {
      return 31 * id().hashCode() + Long.hashCode(offset);
    }
  }
}
