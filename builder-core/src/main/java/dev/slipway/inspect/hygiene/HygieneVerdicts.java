package dev.slipway.inspect.hygiene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import dev.slipway.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found in built images; remembered, so that a build without a change looks at no file.
 */
public final class HygieneVerdicts {
  private static final String KIND = "hygiene";

  /** Goes up with every change of what is found. */
  private static final int VERSION = 1;

  private final FactStore facts;

  public HygieneVerdicts(FactStore facts) {
    this.facts = facts;
  }

  /**
   * The findings, the worst first.
   *
   * @param layers of the target stage
   * @param shipped how many layers the image has; fewer, where it is squashed
   * @param identity equal for equal images
   * @param bases that the Dockerfile names without a digest
   */
  public List<HygieneFinding> of(
      List<MadeLayer> layers,
      int shipped,
      List<String> bases,
      ImageConfig config,
      Digest identity) {
    String key = key(identity, bases);
    Optional<byte[]> fact = facts.find(KIND, key);
    if (fact.isPresent()) {
      if (fact.get().length == 0) {
        return List.of();
      }
      try {
        return decode(fact.get());
      } catch (OciException e) {
        // Looked at again.
      }
    }
    List<HygieneFinding> findings =
        HygieneCheck.check(config, new LayerSuspects(facts).of(layers, shipped), bases);
    facts.put(KIND, key, findings.isEmpty() ? new byte[0] : encode(findings));
    return findings;
  }

  /** Looks into layers that nobody looked into before, so that {@link #of} need not. */
  public void prepare(List<MadeLayer> layers) {
    new LayerSuspects(facts).prepare(layers);
  }

  private static String key(Digest identity, List<String> bases) {
    StringBuilder text = new StringBuilder().append(VERSION).append(' ').append(identity);
    for (String base : bases) {
      text.append(' ').append(base);
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static byte[] encode(List<HygieneFinding> findings) {
    ArrayNode array = Json.array();
    for (HygieneFinding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("kind", finding.kind().name());
      node.put("message", finding.message());
      if (finding.advice() != null) {
        node.put("advice", finding.advice());
      }
    }
    return Json.write(array);
  }

  private static List<HygieneFinding> decode(byte[] fact) {
    List<HygieneFinding> findings = new ArrayList<>();
    for (JsonNode node : Json.parseOwn(fact, "hygiene")) {
      JsonNode advice = node.get("advice");
      findings.add(
          new HygieneFinding(
              HygieneFinding.Kind.valueOf(node.path("kind").asText()),
              node.path("message").asText(),
              advice == null ? null : advice.asText()));
    }
    return findings;
  }
}
