package dev.slipway.session.input;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.execute.Tasks;
import dev.slipway.images.ImageNames;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.resolve.BaseImages;
import dev.slipway.snapshot.LayerSource;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.store.Store;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The images that a build starts from: those that the store knows under their name, and those of
 * registries. An image that was built here under a name is found under it.
 */
public final class ImageCatalog implements BaseImages {
  private final ImageNames stored;
  private final RegistryClient registries;
  private final LayerStore layers;
  private final boolean pull;
  private final Tasks tasks;
  private final Cancellation cancellation;
  private final Map<String, ResolvedImage> found = new ConcurrentHashMap<>();
  private final Map<Digest, ImageSource> sources = new ConcurrentHashMap<>();
  private final Map<Digest, ImageReference> names = new ConcurrentHashMap<>();
  private final Map<Digest, ImageReference> origins = new ConcurrentHashMap<>();

  /**
   * @param pull whether registries are asked even for what the store knows
   */
  public ImageCatalog(
      Store store,
      RegistryClient registries,
      LayerStore layers,
      boolean pull,
      Tasks tasks,
      Cancellation cancellation) {
    this.stored = new ImageNames(store);
    this.registries = registries;
    this.layers = layers;
    this.pull = pull;
    this.tasks = tasks;
    this.cancellation = cancellation;
  }

  @Override
  public ResolvedImage resolve(String name, Platform platform) {
    ImageReference reference = ImageReference.parse(name).withDefaultTag();
    // a tag that moves while a build runs is the same image for all its stages
    ResolvedImage image =
        found.computeIfAbsent(
            reference + " " + platform.format(), key -> find(reference, platform));
    names.putIfAbsent(image.descriptor().digest(), reference);
    for (Descriptor layer : image.image().manifest().layers()) {
      origins.putIfAbsent(layer.digest(), reference);
    }
    return image;
  }

  private ResolvedImage find(ImageReference reference, Platform platform) {
    Optional<Image> known = pull ? Optional.empty() : stored.find(reference, platform);
    return known.isPresent()
        ? resolved(reference.familiar(), known.get())
        : lookUp(reference, platform);
  }

  private ResolvedImage lookUp(ImageReference reference, Platform platform) {
    ImageSource registry = registries.image(reference);
    ResolvedImage image = lookUp(registry, reference.familiar(), reference, platform);
    sources.putIfAbsent(image.descriptor().digest(), registry);
    return image;
  }

  /** An image of a layout or archive. The source stays open until the build ends. */
  public ResolvedImage resolve(ImageSource source, Platform platform) {
    ResolvedImage image = lookUp(source, source.name(), null, platform);
    sources.put(image.descriptor().digest(), source);
    return image;
  }

  private ResolvedImage lookUp(
      ImageSource source, String title, @Nullable ImageReference reference, Platform platform) {
    cancellation.check();
    return tasks.perform(
        TaskKind.PULL,
        "internal",
        "load metadata for " + title,
        () -> {
          Image image = image(source, platform);
          if (reference != null) {
            stored.put(reference, platform, image);
          }
          return resolved(title, image);
        });
  }

  private static Image image(ImageSource source, Platform platform) {
    try {
      return source.image(platform);
    } catch (IOException e) {
      throw new BuildException(String.valueOf(e.getMessage()), null, hint(e), e);
    }
  }

  private static @Nullable String hint(Throwable e) {
    return e.getCause() instanceof BuildException cause ? cause.hint() : null;
  }

  private static ResolvedImage resolved(String name, Image image) {
    return new ResolvedImage(
        name + "@" + image.manifest().digest(), image.manifest().descriptor(), image);
  }

  /** Makes an image that was built known under a name. */
  public void remember(ImageReference name, Image image) {
    stored.put(name.withDefaultTag(), image.platform(), image);
  }

  /** The layers of a resolved image. */
  public Snapshot snapshot(ResolvedImage image) {
    LayerSource blobs =
        blob ->
            new PulledBlob(source(image).blob(blob), blob, shortName(image), tasks, cancellation);
    return layers.ofImage(
        image.image(), blobs, new Origin(image.name(), 0, "FROM " + image.name()));
  }

  /** A registry's is made here where the image itself was known: most builds fetch no layer. */
  private ImageSource source(ResolvedImage image) throws IOException {
    Digest digest = image.descriptor().digest();
    ImageSource source = sources.get(digest);
    if (source != null) {
      return source;
    }
    ImageReference name = names.get(digest);
    if (name == null) {
      throw new IOException("image " + image.name() + " is not at hand");
    }
    return registries.image(name);
  }

  private static String shortName(ResolvedImage image) {
    int at = image.name().indexOf('@');
    return at < 0 ? image.name() : image.name().substring(0, at);
  }

  /** Notes that a repository has a layer. */
  public void noteOrigin(Digest layer, ImageReference repository) {
    origins.putIfAbsent(layer, repository);
  }

  /** The repository that a layer was found in, or null. */
  public @Nullable ImageReference origin(Digest layer) {
    return origins.get(layer);
  }
}
