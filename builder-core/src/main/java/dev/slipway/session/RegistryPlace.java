package dev.slipway.session;

import dev.slipway.cache.CacheDocument;
import dev.slipway.export.registry.BlobPushes;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.OciException;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.PushOutcome;
import dev.slipway.registry.Repository;
import dev.slipway.registry.TransferListener;
import dev.slipway.session.output.Exporters;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A name in a registry. It is read by two requests. */
final class RegistryPlace implements CachePlace {
  private final SessionResources resources;
  private final ImageReference name;

  RegistryPlace(SessionResources resources, ImageReference name) {
    this.resources = resources;
    this.name = name;
  }

  @Override
  public String name() {
    return name.toString();
  }

  @Override
  public String familiar() {
    return name.familiar();
  }

  private Repository repository() {
    return resources.registries.repository(name);
  }

  @Override
  public Manifest manifest() {
    Repository.Document found =
        repository()
            .find(name.identifier())
            .orElseThrow(() -> new OciException("the registry has nothing under this name"));
    Manifest manifest = CachePlace.parse(found.bytes(), found.descriptor().mediaType());
    for (Descriptor layer : manifest.layers()) {
      resources.images.noteOrigin(layer.digest(), name);
    }
    return manifest;
  }

  @Override
  public Optional<Digest> digest() {
    return repository().resolve(name.identifier()).map(Descriptor::digest);
  }

  @Override
  public byte[] config(Manifest manifest) {
    return repository().document(manifest.config());
  }

  @Override
  public InputStream layer(Descriptor layer) throws IOException {
    return repository().blob(layer, TransferListener.SILENT);
  }

  @Override
  public void write(
      CacheDocument document, Map<Descriptor, BlobContent> blobs, List<ImageReference> pushed) {
    // Its own, for a cache that cannot be written need not end the build.
    Cancellation cancellation = new Cancellation();
    Cancellation.Registration link = resources.cancellation.onCancel(cancellation::cancel);
    try {
      BlobPushes pushes =
          new BlobPushes(resources.executor, Exporters.listener(resources.tasks), cancellation);
      Repository to = resources.registries.endingWith(cancellation).repository(name);
      List<CompletableFuture<PushOutcome>> needed = new ArrayList<>();
      blobs.forEach(
          (blob, content) -> needed.add(pushes.push(to, blob, content, mountable(blob, pushed))));
      pushes.await(needed);
    } finally {
      link.close();
    }
    Manifest manifest = document.manifest();
    repository()
        .pushManifest(Objects.requireNonNull(name.tag()), manifest.bytes(), manifest.mediaType());
  }

  /** A repository of the same registry that has the blob, or null. */
  private @Nullable String mountable(Descriptor blob, List<ImageReference> pushed) {
    ImageReference origin = resources.images.origin(blob.digest());
    List<ImageReference> places = new ArrayList<>(pushed);
    if (origin != null) {
      places.add(0, origin);
    }
    for (ImageReference place : places) {
      if (place.registry().equals(name.registry())) {
        return place.repository();
      }
    }
    return null;
  }
}
