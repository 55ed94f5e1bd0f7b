/**
 * Images that exist already, wherever they are. Comes in: what a user writes for one; goes out: the
 * image, its layers kept in the store once they were read. It knows nothing of what the images are
 * wanted for.
 */
@NullMarked
package dev.slipway.images;

import org.jspecify.annotations.NullMarked;
