package dev.slipway.inspect.hygiene;

import dev.slipway.plan.Step;
import dev.slipway.snapshot.Layer;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a build's target.
 *
 * @param step that made it; null where it is a base image's
 */
public record MadeLayer(Layer layer, @Nullable Step step) {}
