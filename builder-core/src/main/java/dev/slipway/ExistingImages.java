package dev.slipway;

import dev.slipway.archive.ImageArchive;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.inspect.InspectException;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds images by what a user writes: a file or directory, else a name that the store knows, else
 * one in a registry; {@code docker-image://NAME} and {@code oci-layout://PATH[:TAG|@DIGEST]} say
 * which is meant.
 */
final class ExistingImages {
  private static final String LAYOUT = "oci-layout://";
  private static final String REGISTRY = "docker-image://";

  private final BuilderSettings settings;
  private final RegistryClient registries;
  private final Store store;

  ExistingImages(BuilderSettings settings, RegistryClient registries, Store store) {
    this.settings = settings;
    this.registries = registries;
    this.store = store;
  }

  /** The image in a file or directory, or null where a name is meant; the caller closes it. */
  @Nullable ImageSource archive(String image) {
    if (image.startsWith(LAYOUT)) {
      return LayoutImages.open(image.substring(LAYOUT.length()), settings.temporaryDirectory());
    }
    Path path = Path.of(image);
    if (!image.startsWith(REGISTRY) && Files.exists(path)) {
      return archive(path);
    }
    if (image.startsWith("/") || image.startsWith(".") || image.endsWith(".tar")) {
      throw new InspectException(
          "\"" + image + "\" does not exist",
          "for an image in a registry say docker-image://",
          null);
    }
    return null;
  }

  private ImageSource archive(Path path) {
    ImageArchive archive = ImageArchive.open(path, settings.temporaryDirectory());
    try {
      return new ClosingImage(archive.image(null), archive);
    } catch (IOException e) {
      archive.close();
      throw new InspectException("cannot read \"" + path + "\": " + FileRefusal.reason(e), null, e);
    } catch (RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /** What {@code image} names if it is no file. */
  static ImageReference reference(String image) {
    String name = image.startsWith(REGISTRY) ? image.substring(REGISTRY.length()) : image;
    return ImageReference.parse(name).withDefaultTag();
  }

  /**
   * The image of any kind; the caller closes it. Layers of a registry are kept in the store.
   *
   * @param platform for images that the store knows, which are of one platform each
   */
  ImageSource open(String image, Platform platform) {
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
    String base = ImageOrigins.find(store, known.get()).map(ImageOrigins::from).orElse("");
    ImageReference lower = base.isEmpty() ? reference : ImageReference.parse(base);
    return new StoredImage(
        reference.familiar() + " (in the store)",
        known.get(),
        new KeptBlobs(registries.image(lower), store));
  }

  /** An image that closes its archive too. */
  private record ClosingImage(ImageSource image, ImageArchive archive) implements ImageSource {
    @Override
    public String name() {
      return image.name();
    }

    @Override
    public Descriptor root() throws IOException {
      return image.root();
    }

    @Override
    public byte[] document(Descriptor descriptor) throws IOException {
      return image.document(descriptor);
    }

    @Override
    public InputStream blob(Descriptor descriptor) throws IOException {
      return image.blob(descriptor);
    }

    @Override
    public void close() throws IOException {
      try (archive) {
        image.close();
      }
    }
  }
}
