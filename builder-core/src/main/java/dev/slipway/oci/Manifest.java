package dev.slipway.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one image is made of. Image-spec, manifest.md; Docker's schema 2 has the same fields.
 * Immutable; its bytes are those that were read.
 */
public final class Manifest {
  /** No manifest or index may be larger; the registries' own limit. */
  public static final int MAX_SIZE = 4 << 20;

  private final byte[] bytes;
  private final Descriptor descriptor;
  private final Descriptor config;
  private final List<Descriptor> layers;
  private final Map<String, String> annotations;
  private final String artifactType;

  private Manifest(byte[] bytes, MediaType mediaType, ObjectNode node) {
    this.bytes = bytes;
    Fields fields = new Fields(node, "manifest");
    ObjectNode configNode = fields.object("config");
    if (configNode == null) {
      throw new OciException("invalid manifest: \"config\" is missing");
    }
    this.config = Descriptor.read(configNode, "manifest");
    this.layers = fields.objects("layers", layer -> Descriptor.read(layer, "manifest"));
    this.annotations = fields.stringMap("annotations");
    this.artifactType = fields.string("artifactType");
    this.descriptor = Descriptor.of(mediaType, bytes).withAnnotations(Map.of());
  }

  /**
   * Parses a manifest of either kind.
   *
   * @param declared the media type that its descriptor or the registry's header gives
   * @throws OciException if it is no manifest, says another media type than {@code declared}, or
   *     could be taken for an index too
   */
  public static Manifest parse(byte[] bytes, MediaType declared) {
    if (!declared.isManifest()) {
      throw new OciException("expected an image manifest, found media type " + declared);
    }
    return new Manifest(bytes, declared, Documents.parse(bytes, declared, "manifest"));
  }

  /** A manifest of {@code mediaType}, with the layers from the lowest. */
  public static Manifest of(
      MediaType mediaType,
      Descriptor config,
      List<Descriptor> layers,
      Map<String, String> annotations) {
    ObjectNode node = Json.object();
    node.put("schemaVersion", 2);
    node.put("mediaType", mediaType.value());
    node.set("config", config.write());
    ArrayNode array = node.putArray("layers");
    for (Descriptor layer : layers) {
      array.add(layer.write());
    }
    Fields.put(node, "annotations", new TreeMap<>(annotations));
    return parse(Json.write(node), mediaType);
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

  public Descriptor config() {
    return config;
  }

  /** From the lowest. */
  public List<Descriptor> layers() {
    return layers;
  }

  public Map<String, String> annotations() {
    return annotations;
  }

  /** Empty for an image. */
  public String artifactType() {
    return artifactType;
  }

  @Override
  public String toString() {
    return "manifest " + digest();
  }
}
