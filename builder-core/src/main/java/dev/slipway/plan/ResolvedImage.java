package dev.slipway.plan;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;

/**
 * An image that was looked up: its manifest and configuration are at hand, its layers need not be.
 *
 * @param name as people see it, with its digest
 * @param descriptor its manifest
 */
public record ResolvedImage(String name, Descriptor descriptor, Image image) {}
