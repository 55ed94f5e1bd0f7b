package dev.slipway.fetch;

import dev.slipway.tree.FileTree;

/**
 * The files of a commit.
 *
 * @param commit its full name
 * @param directory the name of git's tree object that was taken, a digest of names, modes and
 *     contents
 * @param tree files 0644 or 0755, directories 0755, owned by 0:0, with the commit's time
 */
public record GitCheckout(String commit, String directory, FileTree tree) {
  GitCheckout withTree(FileTree other) {
    return new GitCheckout(commit, directory, other);
  }
}
