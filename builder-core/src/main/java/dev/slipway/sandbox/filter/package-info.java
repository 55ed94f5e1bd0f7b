/**
 * Which system calls a step may not make. Goes out: a program for the kernel, and the calls by
 * name. It must not know how a step is isolated otherwise.
 */
@NullMarked
package dev.slipway.sandbox.filter;

import org.jspecify.annotations.NullMarked;
