/**
 * What is wrong, and where. Comes in: a text and a position in it. Goes out: a message with its
 * source line, a caret and a hint. It knows nothing of Dockerfiles, images or builds; every package
 * may use it, so that it also holds the few rules that packages share which must not know each
 * other: what a name was meant to be, what may be printed of a URL, what another thread failed
 * with.
 */
@NullMarked
package dev.slipway.diagnostic;

import org.jspecify.annotations.NullMarked;
