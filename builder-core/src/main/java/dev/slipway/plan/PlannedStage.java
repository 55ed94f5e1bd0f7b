package dev.slipway.plan;

import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One stage.
 *
 * @param id its number in the Dockerfile, from 0
 * @param name as people see it; empty where there is only one stage
 * @param steps what changes its files, in order; a history entry that is not empty belongs to each
 * @param config the configuration after its last line, with the history of its base and its own;
 *     without the layers
 * @param ignoreCache whether earlier results of its steps are not to be used
 */
public record PlannedStage(
    int id,
    String name,
    Platform platform,
    Base base,
    List<Step> steps,
    ImageConfig config,
    boolean ignoreCache) {
  public PlannedStage {
    steps = List.copyOf(steps);
  }

  /** The stages whose files this one starts from or reads. */
  public Set<Integer> neededStages() {
    Set<Integer> needed = new LinkedHashSet<>();
    if (base instanceof Base.Stage stage) {
      needed.add(stage.id());
    }
    for (Step step : steps) {
      for (FileSource source : step.fileSources()) {
        if (source instanceof FileSource.Stage stage) {
          needed.add(stage.id());
        }
      }
    }
    return needed;
  }
}
