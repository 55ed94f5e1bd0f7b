package dev.slipway.cache;

import dev.slipway.store.LayerId;

/**
 * What a step came to.
 *
 * @param canonicalKey names the result for the steps below: the key under which it was first made,
 *     even if a different definition led to it again
 * @param layer the layer the step made
 * @param payload whatever else the executor needs to continue as if the step had run; not copied,
 *     to be left unchanged
 */
public record StepRecord(CacheKey canonicalKey, LayerId layer, byte[] payload) {}
