package dev.slipway.context;

import dev.slipway.tree.FileTree;
import dev.slipway.tree.TreePath;
import java.util.Collection;
import java.util.concurrent.Executor;

/**
 * Says by one SHA-256 what a copy would bring: names, kinds, modes, owners, sizes, contents, link
 * targets, extended attributes, device numbers and which files are linked; times are left out, so
 * that a file that was only touched gives the same digest.
 */
public final class ContentDigest {
  private ContentDigest() {}

  /**
   * @param paths what is copied, in the order of the copy; the last name of each counts, and all
   *     below it, not the way to it
   * @param executor reads files whose digests are not known
   * @throws ContextException if a path is not there or content cannot be read
   */
  public static String of(FileTree tree, Collection<TreePath> paths, Executor executor) {
    throw new UnsupportedOperationException();
  }
}
