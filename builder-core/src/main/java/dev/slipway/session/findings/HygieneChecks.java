package dev.slipway.session.findings;

import dev.slipway.HygieneMode;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.hygiene.HygieneVerdicts;
import dev.slipway.inspect.hygiene.MadeLayer;
import dev.slipway.inspect.hygiene.UnpinnedImages;
import dev.slipway.oci.Digest;
import dev.slipway.plan.PlannedStage;
import dev.slipway.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks for what images should not ship. */
public final class HygieneChecks {
  private final HygieneMode mode;
  private final FactStore facts;

  public HygieneChecks(HygieneMode mode, FactStore facts) {
    this.mode = mode;
    this.facts = facts;
  }

  /** Looks into the layers of the target, which can be done before they are an image. */
  public void prepare(ExecutedStage target) {
    if (mode != HygieneMode.OFF) {
      new HygieneVerdicts(facts).prepare(lookedInto(target));
    }
  }

  /** What is in the image that should not be. */
  List<HygieneFinding> findings(CheckedImage image) {
    if (mode == HygieneMode.OFF) {
      return List.of();
    }
    // Of files alone, nothing lies below another layer.
    int shipped = image.hasOnlyFiles() ? 1 : image.image().manifest().layers().size();
    ExecutedStage target = image.target();
    List<MadeLayer> layers = lookedInto(target);
    Digest identity = image.identity();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).step() != target.layers().get(i).step()) {
        // What is remembered of a part must not count for the whole.
        identity = Digest.of((identity + " without layer " + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new HygieneVerdicts(facts)
        .of(layers, shipped, unpinned(image.plan().stages()), image.image().config(), identity);
  }

  /** The layers of a target; for a warning, none is fetched from a cache. */
  private List<MadeLayer> lookedInto(ExecutedStage target) {
    List<MadeLayer> layers = new ArrayList<>();
    for (ExecutedLayer layer : target.layers()) {
      boolean left = mode != HygieneMode.ERROR && layer.layer().isElsewhere();
      layers.add(new MadeLayer(layer.layer(), left ? null : layer.step()));
    }
    return layers;
  }

  /** The images that the Dockerfile names without a digest. */
  public static List<String> unpinned(List<ExecutedStage> stages) {
    List<PlannedStage> planned = new ArrayList<>();
    stages.forEach(each -> planned.add(each.stage()));
    return UnpinnedImages.of(planned);
  }
}
