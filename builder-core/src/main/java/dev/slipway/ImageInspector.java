package dev.slipway;

import dev.slipway.archive.ImageArchive;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.inspect.InspectException;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.LayerOrigins;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks into images that exist already: in registries, OCI layouts, and archives as {@code docker
 * save} writes them. Nothing is executed, and no blob is read twice. Thread-safe.
 */
public final class ImageInspector implements AutoCloseable {
  private final BuilderSettings settings;
  private final RegistryAccess registries;

  private ImageInspector(BuilderSettings settings) {
    this.settings = settings;
    this.registries = new RegistryAccess(settings);
  }

  /** Costs next to nothing: files and connections are opened when an image is read. */
  public static ImageInspector open(BuilderSettings settings) {
    return new ImageInspector(settings);
  }

  /**
   * Accounts for every byte of an image.
   *
   * @param image a file or directory, or a name in a registry; {@code docker-image://NAME} and
   *     {@code oci-layout://PATH[:TAG|@DIGEST]} say which is meant
   * @param platform which of several; the machine's own if empty
   * @throws dev.slipway.diagnostic.BuildException if there is no such image, or it cannot be read
   */
  public ImageAccount account(
      String image, Optional<Platform> platform, Cancellation cancellation) {
    Platform wanted = platform.orElse(HostPlatform.of(settings.architecture()));
    try {
      return account(image, wanted, platform.isPresent(), cancellation);
    } catch (IOException e) {
      throw new InspectException(
          "cannot read \"" + image + "\": " + FileRefusal.reason(e), null, e);
    }
  }

  private ImageAccount account(
      String image, Platform platform, boolean strict, Cancellation cancellation)
      throws IOException {
    String layout = "oci-layout://";
    String docker = "docker-image://";
    if (image.startsWith(layout)) {
      try (ImageSource source =
          LayoutImages.open(image.substring(layout.length()), settings.temporaryDirectory())) {
        return account(source, platform, strict);
      }
    }
    Path path = Path.of(image);
    if (!image.startsWith(docker) && Files.exists(path)) {
      try (ImageArchive archive = ImageArchive.open(path, settings.temporaryDirectory());
          ImageSource source = archive.image(null)) {
        return account(source, platform, strict);
      }
    }
    if (image.startsWith("/") || image.startsWith(".") || image.endsWith(".tar")) {
      throw new InspectException(
          "\"" + image + "\" does not exist",
          "for an image in a registry say docker-image://",
          null);
    }
    String name = image.startsWith(docker) ? image.substring(docker.length()) : image;
    RegistryClient client = registries.client(cancellation);
    try (ImageSource source = client.image(ImageReference.parse(name).withDefaultTag())) {
      return account(source, platform, strict);
    }
  }

  private static ImageAccount account(ImageSource source, Platform platform, boolean strict)
      throws IOException {
    Image image = source.image(platform);
    if (strict && !platform.runs(image.platform())) {
      throw new InspectException(
          source.name() + " is for " + image.platform() + ", not for " + platform, null, null);
    }
    return ImageAccount.read(source, image, LayerOrigins.UNKNOWN);
  }

  @Override
  public void close() {
    registries.close();
  }
}
