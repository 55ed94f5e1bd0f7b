package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.snapshot.Layer;
import java.time.Instant;

/**
 * What came of a step.
 *
 * @param key names the files of the stage from here on
 * @param created when it was done first
 * @param cached whether that was in an earlier build
 */
record StepOutcome(Layer layer, CacheKey key, Instant created, boolean cached) {}
