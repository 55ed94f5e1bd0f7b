/**
 * What builds keep on this machine: content-addressed blobs, the small facts derived from them,
 * unpacked layer directories and cache mounts. Bytes and names come in; files and directories that
 * stay put while a running build uses them go out, shared safely between processes. It must not
 * know what the bytes mean: no manifests, no trees, no instructions.
 */
@NullMarked
package dev.slipway.store;

import org.jspecify.annotations.NullMarked;
