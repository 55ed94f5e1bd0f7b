package dev.slipway;

import dev.slipway.layer.Compression;
import java.util.Optional;

/**
 * A cache that a build writes when it is done, for builds elsewhere that name it in {@link
 * BuildRequest.Builder#cacheFrom}. It replaces what was there before, in one step.
 *
 * @param extent whose layers go there: who may read the cache can read them
 * @param compression of layers; that of the image where empty
 * @param mayFail whether a build goes on with a warning if it cannot be written
 */
public record CacheTarget(
    CacheLocation location, Extent extent, Optional<Compression> compression, boolean mayFail) {

  /** Whose layers a cache holds. */
  public enum Extent {
    /**
     * The image's. Of the other stages only the names of results are told, which do as long as
     * nobody needs their files; who does, makes them again.
     */
    IMAGE,
    /** All stages', so that none of their steps is done again. */
    ALL_STAGES
  }

  /** Has the image's layers, compressed as the image is; a build fails if it cannot be written. */
  public static CacheTarget of(CacheLocation location) {
    return new CacheTarget(location, Extent.IMAGE, Optional.empty(), false);
  }
}
