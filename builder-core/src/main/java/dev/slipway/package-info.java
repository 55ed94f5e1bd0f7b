/**
 * What an embedder sees: a {@link dev.slipway.BuildRequest} goes into an {@link
 * dev.slipway.ImageBuilder}, a {@link dev.slipway.BuildResult} comes out. This package joins the
 * steps of the flow and adapts their ports; it knows every package and none knows it.
 */
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
