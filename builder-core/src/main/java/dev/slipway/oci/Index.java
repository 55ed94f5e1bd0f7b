package dev.slipway.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Manifests of one image for several platforms. Image-spec, image-index.md; Docker's manifest list
 * has the same fields. Immutable; its bytes are those that were read.
 */
public final class Index {
  private final byte[] bytes;
  private final Descriptor descriptor;
  private final List<Descriptor> manifests;
  private final Map<String, String> annotations;

  private Index(byte[] bytes, MediaType mediaType, ObjectNode node) {
    this.bytes = bytes;
    Fields fields = new Fields(node, "index");
    this.manifests = fields.objects("manifests", each -> Descriptor.read(each, "index"));
    this.annotations = fields.stringMap("annotations");
    this.descriptor = Descriptor.of(mediaType, bytes);
  }

  /**
   * Parses an index of either kind.
   *
   * @param declared the media type that its descriptor or the registry's header gives
   * @throws OciException if it is no index, says another media type than {@code declared}, or could
   *     be taken for a manifest too
   */
  public static Index parse(byte[] bytes, MediaType declared) {
    if (!declared.isIndex()) {
      throw new OciException("expected an image index, found media type " + declared);
    }
    return new Index(bytes, declared, Documents.parse(bytes, declared, "index"));
  }

  /** An index of {@code mediaType}. */
  public static Index of(
      MediaType mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
    ObjectNode node = Json.object();
    node.put("schemaVersion", 2);
    node.put("mediaType", mediaType.value());
    ArrayNode array = node.putArray("manifests");
    for (Descriptor manifest : manifests) {
      array.add(manifest.write());
    }
    Fields.put(node, "annotations", new TreeMap<>(annotations));
    return parse(Json.write(node), mediaType);
  }

  /**
   * The manifest that runs best on {@code wanted}: the nearest variant, and of equals the first.
   * Attestations, which have platform {@code unknown/unknown}, are never chosen.
   */
  public Optional<Descriptor> select(Platform wanted) {
    Descriptor best = null;
    int bestPreference = Integer.MAX_VALUE;
    for (Descriptor manifest : manifests) {
      Platform platform = manifest.platform();
      int preference = platform == null ? -1 : wanted.preference(platform);
      if (preference >= 0 && preference < bestPreference) {
        best = manifest;
        bestPreference = preference;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The document; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Points at this document. */
  public Descriptor descriptor() {
    return descriptor;
  }

  public Digest digest() {
    return descriptor.digest();
  }

  public MediaType mediaType() {
    return descriptor.mediaType();
  }

  public List<Descriptor> manifests() {
    return manifests;
  }

  public Map<String, String> annotations() {
    return annotations;
  }

  @Override
  public String toString() {
    return "index " + digest();
  }
}
