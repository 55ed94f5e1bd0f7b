/**
 * Snapshots and configurations become images: layers as blobs, a manifest and a config for each
 * platform, an index over several. It does not know how the layers came to be, or where the image
 * goes.
 */
@NullMarked
package dev.slipway.assemble;

import org.jspecify.annotations.NullMarked;
