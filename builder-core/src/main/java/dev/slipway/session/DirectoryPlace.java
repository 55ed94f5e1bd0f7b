package dev.slipway.session;

import dev.slipway.archive.ImageArchive;
import dev.slipway.cache.CacheDocument;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.export.ExportException;
import dev.slipway.export.ocilayout.LayoutDirectory;
import dev.slipway.export.ocilayout.LayoutIndex;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.OciException;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A name in an OCI layout on this machine. What a new cache does not need is taken away from it.
 */
final class DirectoryPlace implements CachePlace {
  private final Path directory;
  private final String tag;
  private final Cancellation cancellation;

  DirectoryPlace(Path directory, String tag, Cancellation cancellation) {
    this.directory = directory;
    this.tag = tag;
    this.cancellation = cancellation;
  }

  @Override
  public String name() {
    return "directory " + directory.toAbsolutePath().normalize() + " " + tag;
  }

  @Override
  public String familiar() {
    return directory.toString();
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new BuildException("cannot read \"" + directory + "\": " + FileRefusal.reason(e), e);
    }
  }

  /** Of a directory nothing is left open, nor unpacked. */
  private ImageSource source() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new OciException("there is no such directory");
    }
    return ImageArchive.open(directory, directory).image(tag);
  }

  @Override
  public Manifest manifest() {
    return read(
        () -> {
          ImageSource source = source();
          Descriptor root = source.root();
          return CachePlace.parse(source.document(root), root.mediaType());
        });
  }

  @Override
  public Optional<Digest> digest() {
    try {
      Manifest manifest = manifest();
      return isWhole(manifest) ? Optional.of(manifest.digest()) : Optional.empty();
    } catch (IOException | BuildException e) {
      return Optional.empty(); // nothing that need not be written
    }
  }

  /** Who carries a directory from run to run may lose files of it. */
  private boolean isWhole(Manifest manifest) throws IOException {
    LayoutDirectory layout = layout();
    for (Descriptor layer : manifest.layers()) {
      if (!layout.has(layer)) {
        return false;
      }
    }
    return layout.has(manifest.config());
  }

  private LayoutDirectory layout() {
    return new LayoutDirectory(directory, cancellation::check);
  }

  @Override
  public byte[] config(Manifest manifest) {
    return read(() -> source().document(manifest.config()));
  }

  @Override
  public InputStream layer(Descriptor layer) throws IOException {
    return source().blob(layer);
  }

  @Override
  public void write(
      CacheDocument document, Map<Descriptor, BlobContent> blobs, List<ImageReference> pushed) {
    Manifest manifest = document.manifest();
    Descriptor root = Descriptor.of(manifest.mediaType(), manifest.bytes());
    Map<Descriptor, BlobContent> all = new LinkedHashMap<>(blobs);
    all.put(root, () -> new ByteArrayInputStream(manifest.bytes()));
    try {
      layout().replace(List.of(LayoutIndex.tagged(root, tag)), all, moved -> {});
    } catch (IOException e) {
      throw ExportException.of(directory.toString(), e);
    }
  }
}
