package dev.slipway.plan;

import dev.slipway.oci.Platform;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that is needed for one image of one platform, and nothing else: a stage that the
 * target does not need is not in it.
 *
 * @param platform what the image is for
 * @param stages at least one, each with an id of its own and after those that it needs; the last is
 *     the target
 */
public record BuildPlan(Platform platform, List<PlannedStage> stages) {
  public BuildPlan {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a plan has at least one stage");
    }
    Set<Integer> known = new HashSet<>();
    for (PlannedStage stage : stages) {
      for (int needed : stage.neededStages()) {
        if (!known.contains(needed)) {
          throw new IllegalArgumentException(
              "stage " + stage.id() + " needs stage " + needed + ", which is not before it");
        }
      }
      if (!known.add(stage.id())) {
        throw new IllegalArgumentException("two stages have the id " + stage.id());
      }
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
