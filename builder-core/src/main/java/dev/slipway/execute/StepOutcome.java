package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.CacheScope;
import dev.slipway.cache.StepKey;
import dev.slipway.snapshot.Layer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a step.
 *
 * @param key names the files of the stage from here on
 * @param created when it was done first
 * @param scope of what it read, and of itself
 * @param definition what it was looked up by, if it was done now; null if it was in an earlier
 *     build
 */
record StepOutcome(
    Layer layer, CacheKey key, Instant created, CacheScope scope, @Nullable StepKey definition) {

  /** Of an earlier build, or of another stage of this one. */
  static StepOutcome known(Layer layer, CacheKey key, Instant created, CacheScope scope) {
    return new StepOutcome(layer, key, created, scope, null);
  }

  /** The same for somebody who reads what came from a shared cache. */
  StepOutcome within(CacheScope readers) {
    return readers == CacheScope.OWN
        ? this
        : new StepOutcome(layer, key, created, readers, definition);
  }

  boolean cached() {
    return definition == null;
  }
}
