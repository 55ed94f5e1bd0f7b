/**
 * The types of the OCI image specification, and of Docker's forms that images in the wild have.
 * Comes in: JSON bytes of anybody's making, bounded and checked; goes out: immutable values and the
 * bytes to write for them, with fields it does not know kept. It knows nothing of where images are
 * stored, how layers are packed or how an image is built.
 */
@NullMarked
package dev.slipway.oci;

import org.jspecify.annotations.NullMarked;
