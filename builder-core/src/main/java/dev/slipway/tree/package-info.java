/**
 * A file system as an immutable value: a tree of entries, and the sets of changes between two
 * trees. Comes in: entries with their metadata and a lazy handle on their content; goes out: trees,
 * changes, and what a path means in a tree. It does no input or output of its own and knows neither
 * tar, nor images, and of this machine only how it spells names.
 */
@NullMarked
package dev.slipway.tree;

import org.jspecify.annotations.NullMarked;
