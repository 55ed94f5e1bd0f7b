/**
 * Pushes images to registries. Comes in: layers while the build runs, then the images; goes out:
 * blobs, each sent at most once, and manifests under their names. It knows nothing of files on this
 * machine.
 */
@NullMarked
package dev.slipway.export.registry;

import org.jspecify.annotations.NullMarked;
