package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.CacheScope;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a stage.
 *
 * @param layers those of its base too, the lowest first
 * @param key names its files, for the cache
 * @param scope of what made them
 */
public record ExecutedStage(
    PlannedStage stage,
    Snapshot snapshot,
    List<ExecutedLayer> layers,
    CacheKey key,
    CacheScope scope) {
  public ExecutedStage {
    layers = List.copyOf(layers);
  }

  /**
   * A layer and where it comes from.
   *
   * @param stage the stage that it was made in; null for a layer of a base image
   * @param step null for a layer of a base
   * @param created when its step was done, in this build or an earlier one; null with no step
   */
  public record ExecutedLayer(
      Layer layer, @Nullable PlannedStage stage, @Nullable Step step, @Nullable Instant created) {}
}
