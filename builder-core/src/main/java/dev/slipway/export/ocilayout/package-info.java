/**
 * Writes images as OCI layouts, image-spec image-layout.md: an archive or a directory. Comes in:
 * layers and images; goes out: files. It knows nothing of Docker's archives or of registries.
 */
@NullMarked
package dev.slipway.export.ocilayout;

import org.jspecify.annotations.NullMarked;
