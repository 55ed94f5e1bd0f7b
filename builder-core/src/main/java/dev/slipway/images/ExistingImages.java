package dev.slipway.images;

import dev.slipway.archive.ImageArchive;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.oci.ForwardingImageSource;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds images by what a user writes: a file or directory, else a name that the store knows, else
 * one in a registry; {@code docker-image://NAME} and {@code oci-layout://PATH[:TAG|@DIGEST]} say
 * which is meant.
 */
public final class ExistingImages {
  private static final String LAYOUT = "oci-layout://";
  private static final String REGISTRY = "docker-image://";
  private static final Pattern ARCHIVE = Pattern.compile("\\.(?:tar(?:\\.gz|\\.zst)?|tgz)$");

  private final Path temporary;
  private final RegistryClient registries;
  private final Store store;
  private final Function<Image, Optional<ImageReference>> bases;

  /**
   * @param temporary for archives that have to be unpacked
   * @param bases of an image that was built here, the one that its lowest layers are of
   */
  public ExistingImages(
      Path temporary,
      RegistryClient registries,
      Store store,
      Function<Image, Optional<ImageReference>> bases) {
    this.temporary = temporary;
    this.registries = registries;
    this.store = store;
    this.bases = bases;
  }

  /** The image in a file or directory, or null where a name is meant; the caller closes it. */
  public @Nullable ImageSource archive(String image) {
    if (image.startsWith(LAYOUT)) {
      return LayoutImages.open(image.substring(LAYOUT.length()), temporary);
    }
    Path path = Path.of(image);
    if (!image.startsWith(REGISTRY) && Files.exists(path)) {
      return archive(path);
    }
    if (image.startsWith("/") || image.startsWith(".") || ARCHIVE.matcher(image).find()) {
      throw new BuildException(
          "\"" + image + "\" does not exist",
          null,
          "for an image in a registry say docker-image://",
          null);
    }
    return null;
  }

  private ImageSource archive(Path path) {
    ImageArchive archive = ImageArchive.open(path, temporary);
    try {
      return new ClosingImage(archive.image(null), archive);
    } catch (IOException e) {
      archive.close();
      throw new BuildException("cannot read \"" + path + "\": " + FileRefusal.reason(e), e);
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /** Whether a name is meant, not a file. */
  public static boolean isName(String image) {
    return image.startsWith(REGISTRY) || !image.startsWith(LAYOUT) && !Files.exists(Path.of(image));
  }

  /** What {@code image} names if it is no file. */
  public static ImageReference reference(String image) {
    String name = image.startsWith(REGISTRY) ? image.substring(REGISTRY.length()) : image;
    return ImageReference.parse(name).withDefaultTag();
  }

  /**
   * The image of any kind; the caller closes it. Layers of a registry are kept in the store.
   *
   * @param platform for images that the store knows, which are of one platform each
   */
  public ImageSource open(String image, Platform platform) {
    ImageSource archive = archive(image);
    if (archive != null) {
      return archive;
    }
    ImageReference reference = reference(image);
    Optional<Image> known =
        image.startsWith(REGISTRY)
            ? Optional.empty()
            : new ImageNames(store).find(reference, platform);
    if (known.isEmpty()) {
      return new KeptBlobs(registries.image(reference), store);
    }
    // Of an image that was built here, only what it started from was ever in a registry.
    ImageReference lower = bases.apply(known.get()).orElse(reference);
    return new StoredImage(
        reference.familiar() + " (in the store)",
        known.get(),
        new KeptBlobs(registries.image(lower), store));
  }

  /** An image that closes its archive too. */
  private static final class ClosingImage extends ForwardingImageSource {
    private final ImageArchive archive;

    ClosingImage(ImageSource image, ImageArchive archive) {
      super(image);
      this.archive = archive;
    }

    @Override
    public void close() throws IOException {
      try (archive) {
        super.close();
      }
    }
  }
}
