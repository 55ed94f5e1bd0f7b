package dev.slipway.execute;

import dev.slipway.context.ContentDigest;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.TreePath;
import java.util.List;
import java.util.concurrent.Executor;

/** Digests of whole trees, for keys. */
final class TreeDigests {
  private TreeDigests() {}

  /** Of everything but times. */
  static String of(FileTree tree, Executor executor) {
    return ContentDigest.of(tree, List.of(TreePath.ROOT), executor);
  }

  /** Of an entry and all below it; its own name does not count. */
  static String of(Entry entry, Executor executor) {
    return ContentDigest.of(entry, executor);
  }
}
