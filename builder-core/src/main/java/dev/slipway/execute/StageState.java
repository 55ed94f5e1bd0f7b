package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.snapshot.Snapshot;

/**
 * A stage between two steps.
 *
 * @param key names the files: equal keys, equal files
 */
record StageState(Snapshot snapshot, CacheKey key) {}
