/**
 * Writes an image's root filesystem, without the image: as a directory or a tar archive. Comes in:
 * the merged tree of each image; goes out: its files. It knows nothing of manifests and layers.
 */
@NullMarked
package dev.slipway.export.directory;

import org.jspecify.annotations.NullMarked;
