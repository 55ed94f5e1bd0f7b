package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Points at a blob or document by digest. Image-spec, descriptor.md.
 *
 * @param size of the stored bytes
 * @param urls where else the bytes may be had; this program never goes there
 * @param annotations sorted by key
 * @param platform in an index, what the manifest is for
 * @param unknown fields that this program does not read
 */
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    List<String> urls,
    Map<String, String> annotations,
    @Nullable Platform platform,
    Map<String, JsonNode> unknown) {

  public Descriptor {
    if (size < 0) {
      throw new OciException("invalid descriptor of " + digest + ": negative size " + size);
    }
    urls = List.copyOf(urls);
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    unknown = Collections.unmodifiableMap(unknown);
  }

  public Descriptor(MediaType mediaType, Digest digest, long size) {
    this(mediaType, digest, size, List.of(), Map.of(), null, Map.of());
  }

  /** Describes {@code bytes}. */
  public static Descriptor of(MediaType mediaType, byte[] bytes) {
    return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
  }

  public Descriptor withMediaType(MediaType newMediaType) {
    return new Descriptor(newMediaType, digest, size, urls, annotations, platform, unknown);
  }

  public Descriptor withPlatform(@Nullable Platform newPlatform) {
    return new Descriptor(mediaType, digest, size, urls, annotations, newPlatform, unknown);
  }

  public Descriptor withAnnotations(Map<String, String> newAnnotations) {
    return new Descriptor(mediaType, digest, size, urls, newAnnotations, platform, unknown);
  }

  public Descriptor withAnnotation(String key, String value) {
    Map<String, String> more = new TreeMap<>(annotations);
    more.put(key, value);
    return withAnnotations(more);
  }

  // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Descriptor that
        && size == that.size
        && digest.equals(that.digest)
        && mediaType.equals(that.mediaType)
        && urls.equals(that.urls)
        && annotations.equals(that.annotations)
        && Objects.equals(platform, that.platform)
        && unknown.equals(that.unknown);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Reads one; its own bytes are not checked to exist. */
  static Descriptor read(ObjectNode node, String what) {
    Fields fields = new Fields(node, what);
    MediaType mediaType = new MediaType(fields.requiredString("mediaType"));
    Digest digest = Digest.parse(fields.requiredString("digest"));
    long size = fields.number("size", -1);
    if (size < 0) {
      throw new OciException("invalid " + what + ": size of " + digest + " is missing or negative");
    }
    ObjectNode platform = fields.object("platform");
    return new Descriptor(
        mediaType,
        digest,
        size,
        fields.strings("urls"),
        fields.stringMap("annotations"),
        platform == null ? null : readPlatform(platform, what),
        fields.unknown());
  }

  private static @Nullable Platform readPlatform(ObjectNode node, String what) {
    Fields fields = new Fields(node, what);
    String os = fields.string("os");
    String architecture = fields.string("architecture");
    if (os.isEmpty() && architecture.isEmpty()) {
      return null;
    }
    return new Platform(
        os,
        architecture,
        fields.string("variant"),
        fields.string("os.version"),
        fields.strings("os.features"));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("mediaType", mediaType.value());
    node.put("digest", digest.toString());
    node.put("size", size);
    Fields.put(node, "urls", urls);
    Fields.put(node, "annotations", annotations);
    if (platform != null) {
      ObjectNode to = node.putObject("platform");
      to.put("architecture", platform.architecture());
      to.put("os", platform.os());
      Fields.put(to, "os.version", platform.osVersion());
      Fields.put(to, "os.features", platform.osFeatures());
      Fields.put(to, "variant", platform.variant());
    }
    Fields.putUnknown(node, unknown);
    return node;
  }
}
