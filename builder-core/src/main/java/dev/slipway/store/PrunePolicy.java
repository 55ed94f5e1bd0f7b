package dev.slipway.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may go. An entry is deleted when any of the three asks for it and no running build has used
 * it.
 *
 * @param maxBytes the most that may stay: a hard cap, reached by deleting what was used longest ago
 * @param all delete everything
 * @param olderThan delete what was not used for so long; null for no such limit
 */
public record PrunePolicy(long maxBytes, boolean all, @Nullable Duration olderThan) {
  public PrunePolicy {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("a cap of " + maxBytes + " bytes");
    }
  }

  public static PrunePolicy cap(long maxBytes) {
    return new PrunePolicy(maxBytes, false, null);
  }

  public static PrunePolicy everything() {
    return new PrunePolicy(Long.MAX_VALUE, true, null);
  }
}
