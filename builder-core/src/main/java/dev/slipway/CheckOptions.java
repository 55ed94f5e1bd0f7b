package dev.slipway;

import dev.slipway.inspect.account.ImageLimits;

/**
 * What an image is looked at for before it is written.
 *
 * @param startCheck what to make of an image that cannot start
 * @param fix what is added to the Dockerfile so that its image starts; see {@link
 *     BuildResult#repaired}
 * @param hygiene what to make of secrets and leftovers in an image
 * @param limits what the image has to keep to; nothing is written if it does not
 */
public record CheckOptions(
    StartCheckMode startCheck, FixMode fix, HygieneMode hygiene, ImageLimits limits) {}
