/**
 * One process in a root filesystem of its own. Comes in: what to execute, the stack of layer
 * directories to execute it on, and what to mount. Goes out: its output, its exit code and what it
 * changed. It must not know where layers come from, what a Dockerfile is, or who waits for the
 * result.
 */
@NullMarked
package dev.slipway.sandbox;

import org.jspecify.annotations.NullMarked;
