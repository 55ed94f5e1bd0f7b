package dev.slipway.inspect.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.inspect.account.Cost;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.InstructionCost;
import dev.slipway.inspect.account.LayerAccount;
import dev.slipway.inspect.account.Member;
import dev.slipway.inspect.account.Waste;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.oci.Json;
import java.util.Locale;

/** The account as JSON; docs/analyze.md has the fields. All sizes are bytes. */
public final class AccountJson {
  private AccountJson() {}

  /** One line of UTF-8, without a line break at its end. */
  public static byte[] write(ImageAccount account) {
    return Json.write(node(account));
  }

  static ObjectNode node(ImageAccount account) {
    ObjectNode node = Json.object();
    node.put("name", account.name());
    node.put("digest", account.image().manifest().digest().toString());
    node.put("platform", account.image().platform().format());
    node.put("size", account.size());
    node.put("manifestSize", account.image().manifest().descriptor().size());
    node.put("configSize", account.image().manifest().config().size());
    put(node.putObject("layersCost"), account.cost());
    put(node.putObject("framing"), account.framing());
    put(node.putObject("wasted"), account.wasted());
    node.put("efficiency", account.efficiency().score());
    ArrayNode layers = node.putArray("layers");
    for (LayerAccount layer : account.layers()) {
      layers.add(layer(layer));
    }
    ArrayNode instructions = node.putArray("instructions");
    for (InstructionCost each : account.instructions()) {
      ObjectNode instruction = instructions.addObject();
      if (each.origin().line() > 0) {
        instruction.put("stage", each.origin().stage());
        instruction.put("line", each.origin().line());
      }
      instruction.put("text", each.origin().text());
      put(instruction, each.cost());
    }
    ArrayNode waste = node.putArray("waste");
    for (Waste each : account.waste()) {
      waste.add(waste(each));
    }
    ArrayNode hygiene = node.putArray("hygiene");
    for (HygieneFinding each : account.hygiene()) {
      hygiene.add(hygiene(each));
    }
    return node;
  }

  private static ObjectNode layer(LayerAccount layer) {
    ObjectNode node = Json.object();
    node.put("digest", layer.descriptor().digest().toString());
    node.put("mediaType", layer.descriptor().mediaType().value());
    node.put("instruction", layer.origin().text());
    put(node, layer.cost());
    put(node.putObject("framing"), layer.framing());
    ArrayNode files = node.putArray("members");
    for (Member member : layer.members()) {
      ObjectNode file = files.addObject();
      file.put("path", member.path().toString());
      file.put("kind", name(member.kind()));
      put(file, member.cost());
      if (member.kind() == Member.Kind.FILE) {
        file.put("size", member.size());
      }
    }
    return node;
  }

  private static ObjectNode waste(Waste waste) {
    ObjectNode node = Json.object();
    node.put("kind", name(waste.kind()));
    node.put("certain", waste.kind().isCertain());
    node.put("path", waste.path().toString());
    node.put("layer", waste.layer());
    put(node, waste.cost());
    node.put("detail", waste.detail());
    if (waste.advice() != null) {
      node.put("advice", waste.advice());
    }
    return node;
  }

  private static ObjectNode hygiene(HygieneFinding finding) {
    ObjectNode node = Json.object();
    node.put("kind", name(finding.kind()));
    node.put("problem", finding.kind().isProblem());
    node.put("message", finding.message());
    if (finding.advice() != null) {
      node.put("advice", finding.advice());
    }
    return node;
  }

  private static void put(ObjectNode node, Cost cost) {
    node.put("unpacked", cost.unpacked());
    node.put("stored", cost.stored());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
