/**
 * Isolation by our own system calls, the quickest of the drivers. Comes in: a prepared root
 * filesystem and a process, on a thread that is given up for it. Goes out: the process' exit code.
 * It must not know of layers or of what the process changed.
 */
@NullMarked
package dev.slipway.sandbox.namespaces;

import org.jspecify.annotations.NullMarked;
