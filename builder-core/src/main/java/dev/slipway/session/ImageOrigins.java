package dev.slipway.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.BuilderSettings;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.images.ExistingImages;
import dev.slipway.inspect.account.LayerOrigins;
import dev.slipway.oci.Image;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import dev.slipway.plan.Base;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.session.findings.HygieneChecks;
import dev.slipway.snapshot.EntryOrigins;
import dev.slipway.store.Store;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a Dockerfile an image was made by, as the build noted it. The lines are those of
 * the last build: one that found everything cached, under a comment more, notes them anew.
 */
final class ImageOrigins implements LayerOrigins {
  private static final String KIND = "image-origins";

  private final List<Origin> layers = new ArrayList<>();
  private final Map<Origin, Origin> lines = new HashMap<>();
  private final List<Optional<EntryOrigins>> entries = new ArrayList<>();
  private final List<String> bases = new ArrayList<>();
  private String from = "";

  private ImageOrigins() {}

  /**
   * Notes what an image was made by.
   *
   * @param stages of the whole plan
   */
  static void remember(Store store, Image image, ExecutedStage target, List<ExecutedStage> stages) {
    ObjectNode node = Json.object();
    ArrayNode layers = node.putArray("layers");
    int shipped = image.manifest().layers().size();
    int plain = shipped < target.layers().size() ? shipped - 1 : shipped;
    for (int i = 0; i < plain; i++) {
      ExecutedLayer layer = target.layers().get(i);
      ObjectNode origin = layers.addObject();
      if (layer.step() != null && layer.stage() != null) {
        put(origin, layer.stage(), layer.step());
      }
    }
    ArrayNode steps = node.putArray("steps");
    for (ExecutedStage stage : stages) {
      for (Step step : stage.stage().steps()) {
        put(steps.addObject(), stage.stage(), step);
      }
    }
    ArrayNode bases = node.putArray("bases");
    for (String base : HygieneChecks.unpinned(stages)) {
      bases.add(base);
    }
    String from = base(target, stages);
    if (from != null) {
      node.put("from", from);
    }
    byte[] fact = Json.write(node);
    String key = image.manifest().config().digest().hex();
    Optional<byte[]> known = store.facts().find(KIND, key);
    if (known.isEmpty() || !Arrays.equals(known.get(), fact)) {
      store.facts().put(KIND, key, fact);
    }
  }

  /** The image whose layers are the lowest, by its digest; null if it is none of a registry. */
  private static @Nullable String base(ExecutedStage target, List<ExecutedStage> stages) {
    Base base = target.stage().base();
    while (base instanceof Base.Stage below) {
      base = stageOf(below.id(), stages).stage().base();
    }
    if (!(base instanceof Base.Image image)) {
      return null;
    }
    String name = image.image().name();
    int digest = name.lastIndexOf('@');
    int end = name.indexOf('@');
    return digest < 0 || name.startsWith("/")
        ? null
        : name.substring(0, end) + name.substring(digest);
  }

  private static ExecutedStage stageOf(int id, List<ExecutedStage> stages) {
    for (ExecutedStage stage : stages) {
      if (stage.stage().id() == id) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage " + id);
  }

  private static void put(ObjectNode node, PlannedStage stage, Step step) {
    SourceSpan span = step.span();
    node.put("stage", stage.name().isEmpty() ? Integer.toString(stage.id()) : stage.name());
    node.put("line", span == null ? 0 : span.line());
    node.put("text", step.title());
  }

  /** What is known of an image; empty if it was not built here. */
  static Optional<ImageOrigins> find(Store store, Image image) {
    Optional<byte[]> fact = store.facts().find(KIND, image.manifest().config().digest().hex());
    if (fact.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.parseOwn(fact.get(), "origins");
      ImageOrigins origins = new ImageOrigins();
      for (JsonNode layer : node.path("layers")) {
        origins.layers.add(layer.isEmpty() ? Origin.NONE : read(layer));
      }
      for (JsonNode step : node.path("steps")) {
        Origin origin = read(step);
        origins.lines.put(withoutLine(origin), origin);
      }
      for (JsonNode base : node.path("bases")) {
        origins.bases.add(base.asText());
      }
      origins.from = node.path("from").asText();
      for (Image.Layer layer : image.layers()) {
        origins.entries.add(EntryOrigins.find(store, layer.diffId()));
      }
      return Optional.of(origins);
    } catch (OciException e) {
      return Optional.empty();
    }
  }

  private static Origin read(JsonNode node) {
    return new Origin(
        node.path("stage").asText(), node.path("line").asInt(), node.path("text").asText());
  }

  private static Origin withoutLine(Origin origin) {
    return new Origin(origin.stage(), 0, origin.text());
  }

  /** Images that exist already; of those built here, with the base that was noted. */
  static ExistingImages existingImages(
      BuilderSettings settings, RegistryClient registries, Store store) {
    return new ExistingImages(
        settings.temporaryDirectory(), registries, store, built -> baseOf(store, built));
  }

  /** The image of a registry whose layers are the lowest; empty for none. */
  private static Optional<ImageReference> baseOf(Store store, Image image) {
    return find(store, image)
        .filter(origins -> !origins.from.isEmpty())
        .map(origins -> ImageReference.parse(origins.from));
  }

  @Override
  public Origin ofLayer(int layer) {
    return layer < layers.size() ? layers.get(layer) : Origin.NONE;
  }

  @Override
  public Origin ofFile(int layer, TreePath path) {
    if (layer >= entries.size() || entries.get(layer).isEmpty()) {
      return Origin.NONE;
    }
    Origin made = entries.get(layer).get().of(path);
    return lines.getOrDefault(withoutLine(made), made);
  }

  @Override
  public List<String> bases() {
    return bases;
  }
}
