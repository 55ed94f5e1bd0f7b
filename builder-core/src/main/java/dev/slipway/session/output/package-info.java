/**
 * What a build writes: executed stages become images ({@link
 * dev.slipway.session.output.ImageAssembly}), which exporters are handed, layers while the build
 * still runs ({@link dev.slipway.session.output.Outputs}). It must not judge them.
 */
@NullMarked
package dev.slipway.session.output;

import org.jspecify.annotations.NullMarked;
