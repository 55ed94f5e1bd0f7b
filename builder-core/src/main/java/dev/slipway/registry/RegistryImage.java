package dev.slipway.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ImageSource;
import dev.slipway.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image in a registry, or in a mirror of it. */
final class RegistryImage implements ImageSource {
  private final ImageReference reference;
  private final List<Repository> places;
  private @Nullable Descriptor root;
  private Repository.@Nullable Document rootDocument;

  /**
   * @param places the best first, the registry itself last
   */
  RegistryImage(ImageReference reference, List<Repository> places) {
    this.reference = reference;
    this.places = places;
  }

  @Override
  public String name() {
    return reference.toString();
  }

  @Override
  public synchronized Descriptor root() throws IOException {
    if (root == null) {
      root = resolve();
    }
    return root;
  }

  private Descriptor resolve() throws IOException {
    String identifier = reference.identifier();
    if (reference.digest() != null) {
      rootDocument = anywhere(place -> place.get(identifier));
      return rootDocument.descriptor();
    }
    // A HEAD first: registries count each GET of a manifest as a pull, and the store may have it.
    Optional<Descriptor> found = anywhere(place -> Optional.of(required(place, identifier)));
    return found.orElseThrow();
  }

  private static Descriptor required(Repository place, String identifier) {
    return place
        .resolve(identifier)
        // The refusal of a GET has the registry's own words.
        .orElseGet(() -> place.get(identifier).descriptor());
  }

  @Override
  public byte[] document(Descriptor descriptor) throws IOException {
    Repository.Document kept;
    synchronized (this) {
      kept = rootDocument;
    }
    if (kept != null && kept.descriptor().digest().equals(descriptor.digest())) {
      return kept.bytes().clone();
    }
    return anywhere(place -> place.document(descriptor));
  }

  @Override
  public InputStream blob(Descriptor descriptor) throws IOException {
    return anywhere(place -> place.blob(descriptor, TransferListener.SILENT));
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Repository place) throws IOException;
  }

  /** A mirror that fails, or does not have it, is passed over. */
  private <T> T anywhere(Question<T> question) throws IOException {
    for (Repository mirror : places.subList(0, places.size() - 1)) {
      try {
        return question.ask(mirror);
      } catch (RegistryException e) {
        continue;
      }
    }
    return question.ask(places.get(places.size() - 1));
  }

  @Override
  public void close() {}
}
