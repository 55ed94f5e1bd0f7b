/**
 * Carries a plan out: stages side by side, each step either found in the cache or done, and what
 * comes of it as snapshots. Finished layers of the target are told at once. It does not know where
 * contexts and images come from (the port {@link dev.slipway.execute.StageSources}), how a download
 * is made ({@link dev.slipway.execute.Fetcher}), or what becomes of the result.
 */
@NullMarked
package dev.slipway.execute;

import org.jspecify.annotations.NullMarked;
