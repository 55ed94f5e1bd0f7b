package dev.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import dev.slipway.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what the start check found, so that a build without a change looks at no file. */
final class StartVerdicts {
  private static final String KIND = "start-check";

  /** Goes up with every change of what is found. */
  private static final int VERSION = 1;

  private final FactStore facts;

  StartVerdicts(FactStore facts) {
    this.facts = facts;
  }

  /** A config names its layers, so equal configs are equal images; stages are named in repairs. */
  String key(Digest config, StartCheckMode mode, List<StageTree> stages) {
    StringBuilder text = new StringBuilder().append(VERSION).append(' ').append(config);
    text.append(' ').append(mode);
    for (StageTree stage : stages) {
      text.append(' ').append(stage.name());
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  Optional<List<StartFinding>> find(String key) {
    Optional<byte[]> fact = facts.find(KIND, key);
    if (fact.isEmpty()) {
      return Optional.empty();
    }
    if (fact.get().length == 0) {
      return Optional.of(List.of());
    }
    try {
      List<StartFinding> findings = new ArrayList<>();
      for (JsonNode node : Json.parse(fact.get(), "start check")) {
        List<String> repair = new ArrayList<>();
        node.path("repair").forEach(line -> repair.add(line.asText()));
        JsonNode advice = node.get("advice");
        findings.add(
            new StartFinding(
                node.path("certain").asBoolean(),
                node.path("message").asText(),
                repair,
                advice == null ? null : advice.asText()));
      }
      return Optional.of(findings);
    } catch (OciException e) {
      return Optional.empty();
    }
  }

  void remember(String key, List<StartFinding> findings) {
    ArrayNode array = Json.array();
    for (StartFinding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("certain", finding.certain());
      node.put("message", finding.message());
      ArrayNode repair = node.putArray("repair");
      finding.repair().forEach(repair::add);
      if (finding.advice() != null) {
        node.put("advice", finding.advice());
      }
    }
    facts.put(KIND, key, findings.isEmpty() ? new byte[0] : Json.write(array));
  }
}
