package dev.slipway.inspect.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Json;
import java.util.ArrayList;
import java.util.List;

/** The start check's documents: for programs that read what analyze says, and for the store. */
public final class StartJson {
  private StartJson() {}

  public static ArrayNode findings(List<StartFinding> findings) {
    ArrayNode array = Json.array();
    for (StartFinding finding : findings) {
      ObjectNode node = array.addObject();
      node.put("certain", finding.certain());
      node.put("message", finding.message());
      ArrayNode repair = node.putArray("repair");
      for (String line : finding.repair()) {
        repair.add(line);
      }
      if (finding.advice() != null) {
        node.put("advice", finding.advice());
      }
      if (finding.unexecutable() != null) {
        node.put("unexecutable", finding.unexecutable());
      }
    }
    return array;
  }

  /** Reads what {@link #findings} wrote. */
  public static List<StartFinding> readFindings(JsonNode array) {
    List<StartFinding> findings = new ArrayList<>();
    for (JsonNode node : array) {
      List<String> repair = new ArrayList<>();
      for (JsonNode line : node.path("repair")) {
        repair.add(line.asText());
      }
      JsonNode advice = node.get("advice");
      JsonNode unexecutable = node.get("unexecutable");
      findings.add(
          new StartFinding(
              node.path("certain").asBoolean(),
              node.path("message").asText(),
              repair,
              advice == null ? null : advice.asText(),
              unexecutable == null ? null : unexecutable.asText()));
    }
    return findings;
  }

  /** {@code starts}, {@code findings}, {@code needs} and {@code bases}, the smallest first. */
  public static ObjectNode report(StartReport report) {
    ObjectNode object = Json.object();
    object.put("starts", report.starts());
    object.set("findings", findings(report.findings()));
    RuntimeNeeds needs = report.needs();
    if (needs != null) {
      object.put("needs", needs.describe());
      ArrayNode bases = object.putArray("bases");
      for (BaseAdvice advice : BaseAdvice.of(needs)) {
        ObjectNode base = bases.addObject().put("base", advice.base());
        ArrayNode copies = base.putArray("copies");
        advice.copies().forEach(copies::add);
      }
    }
    return object;
  }
}
