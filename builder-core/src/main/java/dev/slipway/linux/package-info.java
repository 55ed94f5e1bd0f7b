/**
 * The system calls that Java lacks. Comes in: numbers, buffers and paths as bytes. Goes out: what
 * the kernel answered, or its errno as an exception. It must not know what the calls are for.
 */
@NullMarked
package dev.slipway.linux;

import org.jspecify.annotations.NullMarked;
