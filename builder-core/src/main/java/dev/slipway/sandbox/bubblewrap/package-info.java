/**
 * Isolation by bubblewrap. Comes in: a prepared root filesystem and a process. Goes out: the
 * process' exit code. It must not know of layers or of what the process changed.
 */
@NullMarked
package dev.slipway.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
