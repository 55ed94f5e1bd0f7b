package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One image, or one index of images, somewhere: in a registry, a layout, an archive. Nothing is
 * read before it is asked for. Thread-safe.
 */
public interface ImageSource extends AutoCloseable {
  /** Eight times what Docker can run. */
  int MAX_LAYERS = 1000;

  /** Of an index whose entries do not say their platform, so many are looked into. */
  int MAX_UNLABELLED = 50;

  /** Where it is, for people, as {@code docker.io/library/alpine:3.20} or {@code base.tar}. */
  String name();

  /**
   * Points at the image or index; asked once, the answer is kept.
   *
   * @throws IOException if it cannot be reached
   */
  Descriptor root() throws IOException;

  /**
   * The bytes of a manifest, index or config, of at most {@link ImageConfig#MAX_SIZE}; they have
   * the descriptor's size and digest.
   *
   * @throws IOException if it cannot be read
   */
  byte[] document(Descriptor descriptor) throws IOException;

  /**
   * The bytes of a blob as stored. Reading fails where they end early, go on too long or, at their
   * end, do not have the descriptor's digest; who stops before the end has verified nothing. The
   * caller closes it.
   *
   * @throws IOException if it cannot be opened
   */
  InputStream blob(Descriptor descriptor) throws IOException;

  /** Releases what was opened; streams given out may fail after it. */
  @Override
  void close() throws IOException;

  /**
   * Reads manifest and config for {@code platform}; an image that is not in an index is taken as it
   * is.
   *
   * @throws OciException if there is none for it, or a document is wrong
   */
  default Image image(Platform platform) throws IOException {
    Descriptor descriptor = root();
    // An index of indexes is allowed; a chain of them without end is not worth following.
    for (int depth = 0; descriptor.mediaType().isIndex(); depth++) {
      Index index = Index.parse(document(descriptor), descriptor.mediaType());
      if (depth > 4) {
        throw new OciException("index " + index.digest() + " of " + name() + " is nested too deep");
      }
      Optional<Descriptor> selected = index.select(platform);
      if (selected.isEmpty()) {
        return unlabelled(index, platform);
      }
      descriptor = selected.get();
    }
    return image(descriptor);
  }

  /** Of an index whose entries do not say their platform, the first image whose config does. */
  private Image unlabelled(Index index, Platform platform) throws IOException {
    int asked = 0;
    for (Descriptor manifest : index.manifests()) {
      if (manifest.platform() == null && manifest.mediaType().isManifest()) {
        if (++asked > MAX_UNLABELLED) {
          throw new OciException(
              "index "
                  + index.digest()
                  + " of "
                  + name()
                  + " has more than "
                  + MAX_UNLABELLED
                  + " images that do not say their platform");
        }
        Image image = image(manifest);
        if (platform.runs(image.platform())) {
          return image;
        }
      }
    }
    throw new NoSuchPlatform(name(), platform, index).of();
  }

  /** Reads the manifest that {@code descriptor} points at, and its config. */
  default Image image(Descriptor descriptor) throws IOException {
    Manifest manifest = Manifest.parse(document(descriptor), descriptor.mediaType());
    int layers = manifest.layers().size();
    if (layers > MAX_LAYERS) {
      throw new OciException(
          "manifest "
              + manifest.digest()
              + " of "
              + name()
              + " has "
              + layers
              + " layers, at most "
              + MAX_LAYERS
              + " are accepted");
    }
    return new Image(manifest, document(manifest.config()));
  }
}
