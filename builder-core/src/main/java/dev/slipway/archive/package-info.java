/**
 * Reads images from files: OCI layouts, as a directory or tar archive, and the archives of {@code
 * docker save}. Comes in: a path of anybody's making; goes out: images whose every byte is
 * verified. It knows nothing of registries, the store or what the images are wanted for.
 */
@NullMarked
package dev.slipway.archive;

import org.jspecify.annotations.NullMarked;
