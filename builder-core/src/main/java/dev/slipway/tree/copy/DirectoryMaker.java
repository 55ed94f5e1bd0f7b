package dev.slipway.tree.copy;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;

/** What WORKDIR does to the file system. */
public final class DirectoryMaker {
  private DirectoryMaker() {}

  /**
   * Makes the directory and those missing above it, mode 0755; nothing if it exists.
   *
   * @param createdSeconds the time of what is made
   * @throws CopyException if there is something else on the way
   */
  public static ChangeSet make(
      FileTree tree, TreePath path, Ownership owner, long createdSeconds, Origin origin) {
    throw new UnsupportedOperationException();
  }
}
