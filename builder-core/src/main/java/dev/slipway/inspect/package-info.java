/**
 * What is inside an image: comes in an image with its layers, or the tree and configuration of a
 * stage; goes out where its bytes are, what of them is wasted, and whether it can start. This
 * package holds what both looks share, the reading of ELF files; it executes nothing, and does not
 * know where images come from or how they were built.
 */
@NullMarked
package dev.slipway.inspect;

import org.jspecify.annotations.NullMarked;
