/**
 * Isolation by an OCI runtime, runc or crun. Comes in: a prepared root filesystem and a process.
 * Goes out: a bundle for the runtime, and the process' exit code. It must not know of layers or of
 * what the process changed.
 */
@NullMarked
package dev.slipway.sandbox.runc;

import org.jspecify.annotations.NullMarked;
