package dev.slipway.fetch;

import dev.slipway.tree.FileTree;

/**
 * The files of a commit.
 *
 * @param commit its full name
 * @param tree files 0644 or 0755, directories 0755, owned by 0:0, with the commit's time
 */
public record GitCheckout(String commit, FileTree tree) {}
