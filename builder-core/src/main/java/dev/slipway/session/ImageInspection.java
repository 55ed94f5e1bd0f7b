package dev.slipway.session;

import dev.slipway.BuilderSettings;
import dev.slipway.InspectedImage;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.images.ExistingImages;
import dev.slipway.images.ImageTree;
import dev.slipway.inspect.InspectException;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.LayerOrigins;
import dev.slipway.inspect.hygiene.TagAdvice;
import dev.slipway.inspect.start.AtHand;
import dev.slipway.inspect.start.StartCheck;
import dev.slipway.inspect.start.StartReport;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.session.input.WorkDirectory;
import dev.slipway.session.request.HostPlatform;
import dev.slipway.store.Store;
import dev.slipway.tree.FileTree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What {@link dev.slipway.ImageInspector} does. Thread-safe. */
public final class ImageInspection implements AutoCloseable {
  private final BuilderSettings settings;
  private final RegistryAccess registries;

  public ImageInspection(BuilderSettings settings) {
    this.settings = settings;
    this.registries = new RegistryAccess(settings);
  }

  public InspectedImage inspect(
      String image, Optional<Platform> platform, Cancellation cancellation) {
    Platform wanted = platform.orElse(HostPlatform.of(settings.architecture()));
    try (WorkDirectory work = new WorkDirectory(settings.temporaryDirectory());
        Store store = Store.open(settings.storeDirectory(), settings.clock());
        ImageSource source =
            ImageOrigins.existingImages(settings, registries.client(cancellation), store)
                .open(image, wanted)) {
      Image found = source.image(wanted);
      if (platform.isPresent() && !wanted.runs(found.platform())) {
        throw new InspectException(
            source.name() + " is for " + found.platform() + ", not for " + wanted, null, null);
      }
      Optional<ImageOrigins> origins = ImageOrigins.find(store, found);
      ImageAccount account =
          ImageAccount.read(
              source, found, origins.isPresent() ? origins.get() : LayerOrigins.UNKNOWN);
      return new InspectedImage(advised(account, image, found), start(source, found, work));
    } catch (IOException e) {
      throw new InspectException(
          "cannot read \"" + image + "\": " + FileRefusal.reason(e), null, e);
    }
  }

  /** A registry or the store knows it by a name; an archive's name is a file's. */
  private static ImageAccount advised(ImageAccount account, String name, Image image) {
    ImageReference reference = ExistingImages.isName(name) ? ExistingImages.reference(name) : null;
    String tag = reference == null || reference.digest() != null ? null : reference.tag();
    return tag == null
        ? account
        : TagAdvice.of(tag, image.config().config().labels())
            .map(account::withAdvice)
            .orElse(account);
  }

  private static StartReport start(ImageSource source, Image image, WorkDirectory work)
      throws IOException {
    ContainerConfig container = image.config().config();
    if (container.entrypoint().isEmpty() && container.cmd().isEmpty()) {
      return StartReport.NONE;
    }
    FileTree tree = ImageTree.read(source, image, work::newDirectory);
    return StartCheck.check(tree, image.config(), AtHand.ALL, List.of());
  }

  @Override
  public void close() {
    registries.close();
  }
}
