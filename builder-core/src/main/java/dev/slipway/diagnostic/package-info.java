/**
 * What is wrong, and where. Comes in: a text and a position in it. Goes out: a message with its
 * source line, a caret and a hint. It knows nothing of Dockerfiles, images or builds; every package
 * may use it.
 */
@NullMarked
package dev.slipway.diagnostic;

import org.jspecify.annotations.NullMarked;
