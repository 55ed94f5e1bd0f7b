package dev.slipway.execute;

import dev.slipway.cache.CacheScope;

/**
 * How a step may use what is known of it.
 *
 * @param ignore whether it is done in any case
 * @param scope of what it reads
 */
record CacheUse(boolean ignore, CacheScope scope) {}
