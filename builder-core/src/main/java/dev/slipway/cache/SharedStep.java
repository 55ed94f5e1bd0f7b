package dev.slipway.cache;

import dev.slipway.oci.Image;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step came to on another machine. Who asks for it trusts those who can write to the cache,
 * and nobody else has to: see {@link CacheScope}.
 *
 * @param canonicalKey as in {@link StepRecord}
 * @param created when it was first made
 * @param layer what it made; null where only its name is known, which does for as long as nobody
 *     wants its files
 */
public record SharedStep(CacheKey canonicalKey, Instant created, Image.@Nullable Layer layer) {}
