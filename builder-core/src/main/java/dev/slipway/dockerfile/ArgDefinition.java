package dev.slipway.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * One argument of an ARG line; neither side is expanded.
 *
 * @param defaultValue null where there is no equals sign; {@code ARG X=} has an empty one
 */
public record ArgDefinition(Word name, @Nullable Word defaultValue) {}
