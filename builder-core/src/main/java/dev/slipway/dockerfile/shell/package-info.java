/**
 * Expands variables and removes quotes in the words of an instruction. Comes in: a word as written
 * and the values of variables; goes out: one or several words, and which variables were used. It
 * knows nothing of instructions or where values come from, and it is no shell: RUN lines never pass
 * through here.
 */
@NullMarked
package dev.slipway.dockerfile.shell;

import org.jspecify.annotations.NullMarked;
