package dev.slipway.images;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import dev.slipway.reference.ImageReference;
import dev.slipway.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The images that the store knows under a name: those that were built here, or started from. */
public final class ImageNames {
  private static final String KIND = "image";

  private final Store store;

  public ImageNames(Store store) {
    this.store = store;
  }

  /** Makes an image known under a name. Its layers are not looked at. */
  public void put(ImageReference name, Platform platform, Image image) {
    store.blobs().put(image.configBytes());
    store.blobs().put(image.manifest().bytes());
    Descriptor manifest = image.manifest().descriptor();
    String fact = manifest.mediaType() + " " + manifest.digest() + " " + manifest.size();
    store.facts().put(KIND, key(name, platform), fact.getBytes(StandardCharsets.US_ASCII));
  }

  /** The image of that name, if its documents are still there and undamaged. */
  public Optional<Image> find(ImageReference name, Platform platform) {
    Optional<byte[]> fact = store.facts().find(KIND, key(name, platform));
    if (fact.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = new String(fact.get(), StandardCharsets.US_ASCII).split(" ");
    Descriptor manifest =
        new Descriptor(new MediaType(parts[0]), Digest.parse(parts[1]), Long.parseLong(parts[2]));
    Optional<byte[]> bytes = blob(manifest);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Manifest parsed;
    try {
      parsed = Manifest.parse(bytes.get(), manifest.mediaType());
    } catch (OciException e) {
      return damaged(manifest);
    }
    if (!parsed.digest().equals(manifest.digest())) {
      return damaged(manifest);
    }
    Optional<byte[]> config = blob(parsed.config());
    try {
      return config.isEmpty() ? Optional.empty() : Optional.of(new Image(parsed, config.get()));
    } catch (OciException e) {
      return damaged(parsed.config());
    }
  }

  private Optional<byte[]> blob(Descriptor document) {
    Optional<Path> file = store.blobs().find(document.digest(), document.size());
    try {
      return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What a power failure left of a document is taken away, so that it is kept anew. */
  private Optional<Image> damaged(Descriptor document) {
    store.blobs().isIntact(document);
    return Optional.empty();
  }

  private static String key(ImageReference name, Platform platform) {
    return Digest.of((name + " " + platform.formatAll()).getBytes(StandardCharsets.UTF_8)).hex();
  }
}
