package dev.slipway.inspect.account;

import dev.slipway.layer.Compression;
import dev.slipway.layer.LayerBlobWriter;
import dev.slipway.layer.LayerDigests;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An image in memory, made layer by layer. */
final class LayeredImage {
  private final Compression compression;
  private final Map<Digest, byte[]> blobs = new HashMap<>();
  private final List<Descriptor> layers = new ArrayList<>();
  private final List<DiffId> diffIds = new ArrayList<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private List<Change> changes = new ArrayList<>();

  LayeredImage(Compression compression) {
    this.compression = compression;
  }

  LayeredImage file(String path, byte[] content, int mode) {
    return file(path, content, Metadata.of(mode, 0));
  }

  LayeredImage file(String path, byte[] content, Metadata metadata) {
    RegularFile file = new RegularFile(metadata, Origin.NONE, new BytesContent(content));
    changes.add(new Change.Put(TreePath.of(path), file));
    return this;
  }

  /** Several names of one file. */
  LayeredImage links(byte[] content, String... paths) {
    RegularFile file =
        new RegularFile(Metadata.of(0644, 0), Origin.NONE, new BytesContent(content))
            .withLinked(true);
    for (String path : paths) {
      changes.add(new Change.Put(TreePath.of(path), file));
    }
    return this;
  }

  LayeredImage directory(String path) {
    Directory directory = new Directory(Metadata.of(0755, 0), Origin.NONE);
    changes.add(new Change.Put(TreePath.of(path), directory));
    return this;
  }

  LayeredImage gone(String path) {
    changes.add(new Change.Whiteout(TreePath.of(path)));
    return this;
  }

  LayeredImage opaque(String path) {
    changes.add(new Change.Opaque(TreePath.of(path)));
    return this;
  }

  /** Ends the layer. */
  LayeredImage by(String instruction) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LayerDigests digests =
          LayerBlobWriter.write(
              ChangeSet.of(changes),
              compression,
              compression.defaultLevel(),
              Runnable::run,
              1,
              out);
      MediaType type =
          switch (compression) {
            case NONE -> MediaType.OCI_LAYER;
            case GZIP -> MediaType.OCI_LAYER_GZIP;
            case ZSTD -> MediaType.OCI_LAYER_ZSTD;
          };
      layers.add(new Descriptor(type, digests.digest(), digests.size()));
      diffIds.add(digests.diffId());
      blobs.put(digests.digest(), out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    history.add(new HistoryEntry("", instruction, "", "", false));
    changes = new ArrayList<>();
    return this;
  }

  ImageAccount account() {
    ImageConfig config =
        ImageConfig.empty(new Platform("linux", "amd64")).withDiffIds(diffIds).withHistory(history);
    Image image = Image.of(config, layers, Collections.emptyMap(), false);
    try (Source source = new Source(image)) {
      return ImageAccount.read(source, image, LayerOrigins.UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Source implements ImageSource {
    private final Image image;

    Source(Image image) {
      this.image = image;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Descriptor root() {
      return image.manifest().descriptor();
    }

    @Override
    public byte[] document(Descriptor descriptor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputStream blob(Descriptor descriptor) {
      return new ByteArrayInputStream(blobs.get(descriptor.digest()));
    }

    @Override
    public void close() {}
  }
}
