package dev.slipway.plan;

import dev.slipway.oci.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is needed for one image of one platform, and nothing else: a stage that the
 * target does not need is not in it.
 *
 * @param platform what the image is for
 * @param stages each after those that it needs; the last is the target
 */
public record BuildPlan(Platform platform, List<PlannedStage> stages) {
  public BuildPlan {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one stage");
    }
    Map<Integer, PlannedStage> known = new HashMap<>();
    for (PlannedStage stage : stages) {
      for (int needed : stage.neededStages()) {
        if (!known.containsKey(needed)) {
          throw new IllegalArgumentException(
              "stage " + stage.id() + " needs stage " + needed + ", which is not before it");
        }
      }
      known.put(stage.id(), stage);
    }
  }

  /** The stage that becomes the image. */
  public PlannedStage target() {
    return stages.get(stages.size() - 1);
  }

  /**
   * @throws IllegalArgumentException if there is none
   */
  public PlannedStage stage(int id) {
    for (PlannedStage stage : stages) {
      if (stage.id() == id) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage " + id);
  }
}
