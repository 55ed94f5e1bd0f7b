package dev.slipway.assemble;

import dev.slipway.snapshot.LayerBlob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer of an image to be.
 *
 * @param created when the steps were done whose layers this one stands for, the lowest first; empty
 *     for a layer of a base image
 */
public record AssembledLayer(LayerBlob blob, List<Optional<Instant>> created) {
  public AssembledLayer {
    created = List.copyOf(created);
    if (created.isEmpty()) {
      throw new IllegalArgumentException("a layer stands for at least one");
    }
  }

  /**
   * A layer as a step made it.
   *
   * @param created null for a layer of a base image
   */
  public static AssembledLayer of(LayerBlob blob, @Nullable Instant created) {
    return new AssembledLayer(blob, List.of(Optional.ofNullable(created)));
  }

  /** Whether it is several layers made one. */
  boolean isSquashed() {
    return created.size() > 1;
  }

  /** The latest of the times, or null. */
  @Nullable Instant latest() {
    Instant latest = null;
    for (Optional<Instant> each : created) {
      if (each.isPresent() && (latest == null || each.get().isAfter(latest))) {
        latest = each.get();
      }
    }
    return latest;
  }
}
