package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.CacheScope;
import dev.slipway.snapshot.Snapshot;

/**
 * A stage between two steps.
 *
 * @param key names the files: equal keys, equal files
 * @param scope of what made them
 */
record StageState(Snapshot snapshot, CacheKey key, CacheScope scope) {}
