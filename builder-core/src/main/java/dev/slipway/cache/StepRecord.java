package dev.slipway.cache;

import dev.slipway.oci.Image;
import dev.slipway.store.LayerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step came to.
 *
 * @param canonicalKey names the result for the steps below: the key under which it was first made,
 *     even if a different definition led to it again
 * @param layer the layer the step made
 * @param created when it was first made
 * @param blob the same layer in a shared cache; null if it was made here
 */
public record StepRecord(
    CacheKey canonicalKey, LayerId layer, Instant created, Image.@Nullable Layer blob) {

  /** Of a step that was done here. */
  public StepRecord(CacheKey canonicalKey, LayerId layer, Instant created) {
    this(canonicalKey, layer, created, null);
  }
}
