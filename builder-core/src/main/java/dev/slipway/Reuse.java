package dev.slipway;

import java.util.Set;

/**
 * Which results of earlier builds a build may use.
 *
 * @param noCache no step's earlier result is used
 * @param noCacheStages stages whose steps' earlier results are not used
 * @param pull base images are looked up in their registry even where a copy is at hand
 */
public record Reuse(boolean noCache, Set<String> noCacheStages, boolean pull) {
  public Reuse {
    noCacheStages = Set.copyOf(noCacheStages);
  }
}
