/**
 * COPY, ADD and WORKDIR as pure functions on trees. Comes in: a destination tree, sources and the
 * flags of the instruction; goes out: the changes that make its layer. It must not know where the
 * sources come from, nor run anything.
 */
@NullMarked
package dev.slipway.tree.copy;

import org.jspecify.annotations.NullMarked;
