/**
 * The root filesystem of a step, put together in the mount namespace of the thread that runs it.
 * Comes in: layer directories, and what to mount. Goes out: a mounted root, and which mount points
 * were made only for it. It must not know how the step is isolated, or what it changed.
 */
@NullMarked
package dev.slipway.sandbox.rootfs;

import org.jspecify.annotations.NullMarked;
