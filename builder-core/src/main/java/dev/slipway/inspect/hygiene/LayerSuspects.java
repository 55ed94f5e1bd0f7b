package dev.slipway.inspect.hygiene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.inspect.InspectException;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import dev.slipway.plan.Step;
import dev.slipway.snapshot.Layer;
import dev.slipway.store.FactStore;
import dev.slipway.tree.Change;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of a build's own layers that should perhaps not be shipped. Each layer is looked into once;
 * those of base images are not.
 */
final class LayerSuspects {
  /** Goes up with every change of what is suspect. */
  private static final String KIND = "suspects-1";

  private final FactStore facts;

  LayerSuspects(FactStore facts) {
    this.facts = facts;
  }

  /**
   * @param layers of a target
   * @param shipped how many layers its image has: fewer where the upper ones were squashed, and
   *     with them what they delete of each other
   */
  List<SuspectFile> of(List<MadeLayer> layers, int shipped) {
    int kept = shipped < layers.size() ? shipped - 1 : layers.size();
    List<SuspectFile> suspects = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Step step = layers.get(i).step();
      if (step == null) {
        continue;
      }
      Origin origin = origin(step);
      for (Found found : found(layers.get(i).layer(), origin)) {
        TreePath path = TreePath.of(found.path());
        boolean visible = isVisible(path, layers.subList(i + 1, layers.size()));
        if (visible || i < kept) {
          suspects.add(new SuspectFile(i, path, found.what(), origin, visible));
        }
      }
    }
    return suspects;
  }

  void prepare(List<MadeLayer> layers) {
    for (MadeLayer layer : layers) {
      Step step = layer.step();
      if (step != null && !facts.has(KIND, layer.layer().id().hex())) {
        found(layer.layer(), origin(step));
      }
    }
  }

  private static Origin origin(Step step) {
    SourceSpan span = step.span();
    return new Origin("", span == null ? 0 : span.line(), step.title());
  }

  /**
   * A suspect of a layer.
   *
   * @param what secret it holds; empty for a leftover
   */
  private record Found(String path, String what) {}

  private List<Found> found(Layer layer, Origin origin) {
    Optional<byte[]> fact = facts.find(KIND, layer.id().hex());
    if (fact.isPresent()) {
      try {
        return decode(fact.get());
      } catch (OciException e) {
        // Looked into again.
      }
    }
    List<Found> found = new ArrayList<>();
    byte[] buffer = new byte[SecretContent.MAX_SIZE];
    for (Change change : layer.changes()) {
      if (change instanceof Change.Put put) {
        String secret =
            put.entry() instanceof RegularFile file ? secret(put.path(), file, buffer) : null;
        if (secret != null) {
          found.add(new Found(put.path().toString(), secret));
        } else if (Leftovers.of(put.path(), origin) != null) {
          found.add(new Found(put.path().toString(), ""));
        }
      }
    }
    facts.put(KIND, layer.id().hex(), encode(found));
    return found;
  }

  private static @Nullable String secret(TreePath path, RegularFile file, byte[] buffer) {
    if (!SecretContent.mayBeIn(path, file.size())) {
      return null;
    }
    try (InputStream in = file.content().open()) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      return SecretContent.find(path, buffer, length);
    } catch (IOException e) {
      throw new InspectException(
          "cannot look for secrets in \"" + path + "\": " + e.getMessage(), "--hygiene=off", e);
    }
  }

  /** Whether no later layer has something else there. */
  private static boolean isVisible(TreePath path, List<MadeLayer> later) {
    for (MadeLayer layer : later) {
      for (Change change : layer.layer().changes()) {
        boolean above = path.startsWith(change.path());
        boolean same = path.equals(change.path());
        boolean replaces =
            change instanceof Change.Put put ? same || !(put.entry() instanceof Directory) : true;
        if (above && replaces && !(same && change instanceof Change.Opaque)) {
          return false;
        }
      }
    }
    return true;
  }

  private static byte[] encode(List<Found> found) {
    ArrayNode array = Json.array();
    for (Found each : found) {
      ObjectNode node = array.addObject();
      node.put("path", each.path());
      node.put("what", each.what());
    }
    return Json.write(array);
  }

  private static List<Found> decode(byte[] fact) {
    List<Found> found = new ArrayList<>();
    for (JsonNode node : Json.parseOwn(fact, "suspects")) {
      found.add(new Found(node.path("path").asText(), node.path("what").asText()));
    }
    return found;
  }
}
