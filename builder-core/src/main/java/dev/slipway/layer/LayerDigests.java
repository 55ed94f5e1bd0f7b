package dev.slipway.layer;

import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;

/**
 * What is known of a layer once it is written.
 *
 * @param diffId of the archive
 * @param digest of the blob, that is of the archive as it is compressed
 * @param size of the blob, in bytes
 * @param uncompressedSize of the archive, in bytes
 */
public record LayerDigests(DiffId diffId, Digest digest, long size, long uncompressedSize) {}
