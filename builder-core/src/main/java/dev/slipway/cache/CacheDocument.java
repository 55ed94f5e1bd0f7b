package dev.slipway.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.Json;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of one build as an OCI image manifest: its layers are the layers, its config tells
 * which steps made them. Everything in it is hashes, sizes and times: no name, path or argument of
 * a build. Immutable.
 *
 * <p>The config, by example; {@code layer} counts the layers of the manifest from 0 and is missing
 * where only the name of a result is told:
 *
 * <pre>{"diffIds": ["sha256:…"],
 *  "steps": [{"key": "…", "canonical": "…", "created": 1700000000, "nanos": 5, "layer": 0}]}</pre>
 */
public final class CacheDocument {
  /** Says what the config is, and with it the whole; the number goes up with its form. */
  public static final MediaType CONFIG = new MediaType("application/vnd.slipway.cache.v1+json");

  private static final String WHAT = "build cache";
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  /** The last second of the year 9999, after which times have no text. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Manifest manifest;
  private final byte[] config;
  private final Map<CacheKey, SharedStep> steps;

  private CacheDocument(Manifest manifest, byte[] config, Map<CacheKey, SharedStep> steps) {
    this.manifest = manifest;
    this.config = config;
    this.steps = Map.copyOf(steps);
  }

  /** Of the same steps, the same bytes, whatever their order. */
  public static CacheDocument of(Map<CacheKey, SharedStep> steps) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    List<Descriptor> layers = new ArrayList<>();
    ObjectNode root = Json.object();
    ArrayNode diffIds = root.putArray("diffIds");
    ArrayNode array = root.putArray("steps");
    Map<String, SharedStep> sorted = new TreeMap<>();
    steps.forEach((key, step) -> sorted.put(key.hex(), step));
    sorted.forEach(
        (key, step) -> {
          ObjectNode node = array.addObject();
          node.put("key", key);
          node.put("canonical", step.canonicalKey().hex());
          node.put("created", step.created().getEpochSecond());
          node.put("nanos", step.created().getNano());
          Image.Layer layer = step.layer();
          if (layer != null) {
            String digest = layer.descriptor().digest().toString();
            Integer known = positions.putIfAbsent(digest, layers.size());
            node.put("layer", known == null ? layers.size() : known);
            if (known == null) {
              layers.add(layer.descriptor());
              diffIds.add(layer.diffId().toString());
            }
          }
        });
    if (layers.isEmpty()) {
      // The image specification wants a layer; registries differ in whether they insist.
      layers.add(Descriptor.of(MediaType.OCI_EMPTY, EMPTY));
    }
    byte[] config = Json.write(root);
    Manifest manifest =
        Manifest.of(
            MediaType.OCI_MANIFEST, Descriptor.of(CONFIG, config), List.copyOf(layers), Map.of());
    return new CacheDocument(manifest, config, steps);
  }

  /**
   * @param config the bytes that the manifest names, verified
   * @throws OciException if they are not a cache in this form
   */
  public static CacheDocument parse(Manifest manifest, byte[] config) {
    if (!manifest.config().mediaType().equals(CONFIG)) {
      throw new OciException(
          "expected a " + WHAT + ", found media type " + manifest.config().mediaType());
    }
    ObjectNode root = Json.parseObject(config, WHAT);
    List<Image.Layer> layers = layers(manifest, root.path("diffIds"));
    Map<CacheKey, SharedStep> steps = new LinkedHashMap<>();
    for (JsonNode node : root.path("steps")) {
      try {
        steps.put(new CacheKey(node.path("key").asText()), step(node, layers));
      } catch (IllegalArgumentException e) {
        throw new OciException("invalid " + WHAT + ": " + e.getMessage());
      }
    }
    return new CacheDocument(manifest, config, steps);
  }

  private static List<Image.Layer> layers(Manifest manifest, JsonNode diffIds) {
    List<Image.Layer> layers = new ArrayList<>();
    for (JsonNode diffId : diffIds) {
      if (layers.size() == manifest.layers().size()) {
        throw new OciException("invalid " + WHAT + ": more diffIds than layers");
      }
      Descriptor descriptor = manifest.layers().get(layers.size());
      if (!descriptor.mediaType().isLayer() || descriptor.mediaType().isForeignLayer()) {
        throw new OciException(
            "invalid " + WHAT + ": a layer with media type " + descriptor.mediaType());
      }
      DiffId parsed = DiffId.parse(diffId.asText());
      if (!parsed.digest().algorithm().equals(Digest.SHA256)) {
        throw new OciException("invalid " + WHAT + ": a diffId that is no sha256");
      }
      layers.add(
          new Image.Layer(
              new Descriptor(descriptor.mediaType(), descriptor.digest(), descriptor.size()),
              parsed));
    }
    return layers;
  }

  private static SharedStep step(JsonNode node, List<Image.Layer> layers) {
    return new SharedStep(
        new CacheKey(node.path("canonical").asText()),
        Instant.ofEpochSecond(
            within(node, "created", LAST_SECOND), within(node, "nanos", 999_999_999)),
        node.has("layer") ? layers.get((int) within(node, "layer", layers.size() - 1L)) : null);
  }

  private static long within(JsonNode node, String field, long most) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > most) {
      throw new OciException("invalid " + WHAT + ": no \"" + field + "\" in reason");
    }
    return value.longValue();
  }

  public Manifest manifest() {
    return manifest;
  }

  /** A copy. */
  public byte[] config() {
    return config.clone();
  }

  /** The bytes of the one blob that stands for layers where there are none; null where some are. */
  public byte @Nullable [] placeholder() {
    return manifest.layers().get(0).mediaType().equals(MediaType.OCI_EMPTY) ? EMPTY.clone() : null;
  }

  /** By what they are found by. */
  public Map<CacheKey, SharedStep> steps() {
    return steps;
  }
}
