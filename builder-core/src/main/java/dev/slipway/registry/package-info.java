/**
 * Talks to registries as the OCI distribution specification says. Comes in: an image reference, or
 * blobs and manifests to push; goes out: verified bytes, or what the registry refused, in its own
 * words. It knows nothing of trees, layers or builds, and reads no environment.
 */
@NullMarked
package dev.slipway.registry;

import org.jspecify.annotations.NullMarked;
