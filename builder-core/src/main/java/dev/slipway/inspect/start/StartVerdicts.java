package dev.slipway.inspect.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import dev.slipway.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Remembers what the start check found, so that a build without a change looks at no file. */
public final class StartVerdicts {
  private static final String KIND = "start-check";

  /** Goes up with every change of what is found. */
  private static final int VERSION = 8;

  private final FactStore facts;

  public StartVerdicts(FactStore facts) {
    this.facts = facts;
  }

  /**
   * What is remembered of a check.
   *
   * @param smallerBase one that starts the command too, for people; empty for none
   */
  public record Verdict(List<StartFinding> findings, String smallerBase) {
    public static final Verdict NONE = new Verdict(List.of(), "");

    public boolean isEmpty() {
      return findings.isEmpty() && smallerBase.isEmpty();
    }
  }

  /**
   * What a check is remembered by.
   *
   * @param identity equal for equal images
   * @param thorough whether it looked at what has to be fetched, too
   * @param stages their names, which stand in repairs
   */
  public String key(Digest identity, boolean thorough, List<String> stages) {
    StringBuilder text = new StringBuilder().append(VERSION).append(' ').append(identity);
    text.append(' ').append(thorough);
    for (String stage : stages) {
      text.append(' ').append(stage);
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  public Optional<Verdict> find(String key) {
    Optional<byte[]> fact = facts.find(KIND, key);
    if (fact.isEmpty()) {
      return Optional.empty();
    }
    if (fact.get().length == 0) {
      return Optional.of(Verdict.NONE);
    }
    try {
      JsonNode verdict = Json.parseOwn(fact.get(), "start check");
      List<StartFinding> findings = StartJson.readFindings(verdict.path("findings"));
      return Optional.of(new Verdict(findings, verdict.path("base").asText()));
    } catch (OciException e) {
      return Optional.empty();
    }
  }

  public void remember(String key, Verdict verdict) {
    ObjectNode object = Json.object();
    object.set("findings", StartJson.findings(verdict.findings()));
    object.put("base", verdict.smallerBase());
    facts.put(KIND, key, verdict.isEmpty() ? new byte[0] : Json.write(object));
  }
}
