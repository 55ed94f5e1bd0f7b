package dev.slipway;

import java.util.List;
import java.util.Set;

/**
 * Which results of earlier builds a build may use, and who may use its own.
 *
 * @param noCache no step's earlier result is used
 * @param noCacheStages stages whose steps' earlier results are not used
 * @param pull base images are looked up in their registry even where a copy is at hand
 * @param cacheFrom caches of other machines, asked in this order for what the store does not know;
 *     one that cannot be read is warned of
 * @param cacheTo caches that are written when the build is done
 */
public record Reuse(
    boolean noCache,
    Set<String> noCacheStages,
    boolean pull,
    List<CacheLocation> cacheFrom,
    List<CacheTarget> cacheTo) {
  public Reuse {
    noCacheStages = Set.copyOf(noCacheStages);
    cacheFrom = List.copyOf(cacheFrom);
    cacheTo = List.copyOf(cacheTo);
  }
}
