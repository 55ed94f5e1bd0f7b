/**
 * Writes the archive that {@code docker load} takes, which is an OCI layout too. Comes in: layers
 * and one image; goes out: a tar archive. It knows nothing of registries.
 */
@NullMarked
package dev.slipway.export.dockerarchive;

import org.jspecify.annotations.NullMarked;
