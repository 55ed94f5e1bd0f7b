/**
 * Turns the text of a Dockerfile into instructions. Comes in: text; goes out: a Dockerfile, or
 * every syntax error in it with its place. It must not know what an instruction does, and it
 * expands no variable.
 */
@NullMarked
package dev.slipway.parse;

import org.jspecify.annotations.NullMarked;
