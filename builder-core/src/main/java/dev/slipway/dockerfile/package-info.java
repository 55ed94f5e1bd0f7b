/**
 * A Dockerfile as it was written: directives, global arguments, stages and their instructions, each
 * with its place in the text. Comes in: what the parser read; goes out: values that resolve and
 * lint look at, with words not yet expanded. It knows nothing of how text is parsed, of images, or
 * of what an instruction does.
 */
@NullMarked
package dev.slipway.dockerfile;

import org.jspecify.annotations.NullMarked;
