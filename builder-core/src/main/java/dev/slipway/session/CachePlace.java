package dev.slipway.session;

import dev.slipway.cache.CacheDocument;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import dev.slipway.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a cache lies, whatever is in it. All of it throws {@link
 * dev.slipway.diagnostic.BuildException} where the place refuses.
 */
interface CachePlace {
  /** Tells it from all others. */
  String name();

  /** For people. */
  String familiar();

  /** The manifest that is there, verified; of an image or of another program, perhaps. */
  Manifest manifest();

  /**
   * @throws OciException for what is no manifest
   */
  static Manifest parse(byte[] document, MediaType type) {
    if (!type.isManifest()) {
      throw new OciException("it is an index, as of an image or of another program's cache");
    }
    return Manifest.parse(document, type);
  }

  /** The digest of what is there; empty where it is nothing, or not all that it names. */
  Optional<Digest> digest();

  /** The config of a manifest that is there, verified. */
  byte[] config(Manifest manifest);

  /**
   * The bytes of a layer, verified at their end. The caller closes it.
   *
   * @throws IOException if it cannot be read
   */
  InputStream layer(Descriptor layer) throws IOException;

  /**
   * Writes a cache in the place of what was there. Who reads finds the one or the other whole.
   *
   * @param blobs all that its manifest names
   * @param pushed where the image was pushed to: its layers need not be sent again
   */
  void write(
      CacheDocument document, Map<Descriptor, BlobContent> blobs, List<ImageReference> pushed);
}
