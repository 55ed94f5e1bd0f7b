package dev.slipway.export;

import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.reference.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * A layer as it is stored and sent.
 *
 * @param content its bytes; opened only if the target has to be sent them, so it may fetch them
 *     then
 * @param origin a repository that has it, as where it was pulled from, or null
 */
public record OfferedLayer(
    Descriptor descriptor, BlobContent content, @Nullable ImageReference origin) {}
