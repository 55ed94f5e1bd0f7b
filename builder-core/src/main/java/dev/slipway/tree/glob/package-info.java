/**
 * Patterns with wildcards over paths and names, as Go's {@code filepath.Match} and Moby's {@code
 * patternmatcher} have them. Comes in: the text of a pattern; goes out: whether a path matches. It
 * knows nothing of trees, or of what a match means.
 */
@NullMarked
package dev.slipway.tree.glob;

import org.jspecify.annotations.NullMarked;
