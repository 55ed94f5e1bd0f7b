package dev.slipway.assemble;

import dev.slipway.snapshot.LayerBlob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A layer of an image to be.
 *
 * @param created when its step was done; null for a layer of a base image
 */
public record AssembledLayer(LayerBlob blob, @Nullable Instant created) {}
