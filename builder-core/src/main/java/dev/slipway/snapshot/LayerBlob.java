package dev.slipway.snapshot;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A layer as part of an image.
 *
 * @param file gives the bytes, and fetches those of a base image first if they are not at hand
 */
public record LayerBlob(Descriptor descriptor, DiffId diffId, Supplier<Path> file) {}
