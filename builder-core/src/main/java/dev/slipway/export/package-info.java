/**
 * Writes finished images to where they are wanted. Comes in: layers as they get ready, then the
 * images they belong to; goes out: a pushed image, an archive or a directory, complete or not at
 * all. It knows nothing of how an image was built; each kind of target is a sub-package.
 */
@NullMarked
package dev.slipway.export;

import org.jspecify.annotations.NullMarked;
