package dev.slipway.snapshot;

import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;

/**
 * A layer as part of an image.
 *
 * @param content its bytes, verified on the way unless this build has just written them; those of a
 *     base image are fetched first if they are not at hand
 */
public record LayerBlob(Descriptor descriptor, DiffId diffId, BlobContent content) {}
