/**
 * What an embedder sees: a {@link dev.slipway.BuildRequest} goes into an {@link
 * dev.slipway.ImageBuilder}, a {@link dev.slipway.BuildResult} comes out. The work is done in
 * {@link dev.slipway.session}.
 */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
