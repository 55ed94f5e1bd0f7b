package dev.slipway.snapshot;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.layer.ChangeSetCodec;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.layer.TarSliceContent;
import dev.slipway.layer.TeeInputStream;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
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
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A layer of which there is a blob, fetched only when its tree or directory is wanted: of an image,
 * or of a step that was done elsewhere.
 */
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
  private final Store store;
  private final Image.Layer layer;
  private final ImageBlob blob;
  private final Origin origin;
  private final boolean step;

  /** The tree that another thread makes; empty if the promise was withdrawn, or never given. */
  private final AtomicReference<CompletableFuture<Optional<ChangeSet>>> promised =
      new AtomicReference<>();

  /**
   * @param step whether a step made it, so that it is written as this build's other layers are
   */
  ImageLayer(Store store, Image.Layer layer, ImageBlob blob, Origin origin, boolean step) {
    super(idOf(layer));
    this.store = store;
    this.layer = layer;
    this.blob = blob;
    this.origin = origin;
    this.step = step;
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

  /** Whether it is an image's, to be kept as it is. */
  boolean isOfImage() {
    return !step;
  }

  @Override
  public boolean isElsewhere() {
    return step && !blob.isHere();
  }

  /** Whether no build has looked into it here. */
  boolean isNew() {
    return !isLoaded() && !store.facts().has(TREE, id().hex());
  }

  /** Its blob, verified on the way; fetched if it is not there. */
  InputStream openBlob() {
    return blob.openKept();
  }

  /** Begins to fetch its blob if it is not there, and returns at once. */
  void fetch() {
    blob.fetch();
  }

  @Override
  public long bytesToOpen() {
    return blob.isArchived() ? 0 : descriptor().size();
  }

  /**
   * Promises that {@link #writeTo} will be called, or {@link #withdraw}: until then those who want
   * the tree wait, so that the layer is decompressed once for its tree and for its directory.
   */
  void promiseTree() {
    if (!store.facts().has(TREE, id().hex())) {
      promised.compareAndSet(null, new CompletableFuture<>());
    }
  }

  /** Ends the promise: those who wait for the tree make it themselves. */
  void withdraw() {
    CompletableFuture<Optional<ChangeSet>> promise = promised.get();
    if (promise != null) {
      promise.complete(Optional.empty());
    }
  }

  /**
   * Writes its archive, and makes its tree of it if that was promised. What was written is the
   * layer only if this returns.
   *
   * @throws IOException what {@code tar} throws
   * @throws BuildException if the layer cannot be fetched or read
   */
  void writeTo(OutputStream tar) throws IOException {
    CompletableFuture<Optional<ChangeSet>> promise = promised.get();
    if (promise == null || promise.isDone()) {
      blob.read(archive -> archive.transferTo(tar));
      return;
    }
    try {
      promise.complete(
          Optional.of(blob.read(archive -> readTree(new TeeInputStream(archive, tar)))));
    } catch (BuildException e) {
      promise.completeExceptionally(e);
      throw e;
    }
  }

  @Override
  ChangeSet loadChanges() {
    return awaitPromised().orElseGet(this::makeTree);
  }

  private Optional<ChangeSet> awaitPromised() {
    CompletableFuture<Optional<ChangeSet>> nobodys =
        CompletableFuture.completedFuture(Optional.empty());
    CompletableFuture<Optional<ChangeSet>> promise = promised.compareAndExchange(null, nobodys);
    return promise == null ? Optional.empty() : Awaited.result(promise);
  }

  private ChangeSet makeTree() {
    Optional<byte[]> kept = store.facts().find(TREE, id().hex());
    try {
      return kept.isPresent()
          ? ChangeSetCodec.read(
              kept.get(), (bytes, size, digest) -> decode(ByteBuffer.wrap(bytes), size, digest))
          : blob.read(this::readTree);
    } catch (IOException e) {
      throw new SnapshotException("cannot read layer " + layer.descriptor().digest(), e);
    }
  }

  /** Reads an archive to its end, and remembers the tree. */
  private ChangeSet readTree(InputStream archive) throws IOException {
    ChangeSet changes =
        LayerReader.readChanges(archive, LayerReadOptions.layer(origin), this::contentOf);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ChangeSetCodec.write(changes, encoded, ImageLayer::encode);
    store.facts().put(TREE, id().hex(), encoded.toByteArray());
    return changes;
  }

  private Content contentOf(TreePath path, long size, long offset, InputStream body)
      throws IOException {
    if (size <= KEPT_LIMIT && KEPT.contains(path)) {
      return new BytesContent(body.readNBytes((int) size));
    }
    return new ArchiveContent(offset, size, null);
  }

  /** The layer in whose archive the content is; null if it is kept itself. */
  static @Nullable LayerId layerOf(Content content) {
    return content instanceof ArchiveContent slice ? slice.layer() : null;
  }

  /** Says where content of an image's layer is, for {@link #decode} of the same layer. */
  static byte[] encode(Content content) throws IOException {
    if (content instanceof ArchiveContent slice) {
      return ByteBuffer.allocate(9).put(SLICE).putLong(slice.offset).array();
    }
    try (InputStream in = content.open()) {
      byte[] bytes = in.readAllBytes();
      return ByteBuffer.allocate(1 + bytes.length).put(BYTES).put(bytes).array();
    }
  }

  Content decode(ByteBuffer in, long size, @Nullable String digest) {
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
      return new TarSliceContent(blob.archive(offset + size), offset, size).open();
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
