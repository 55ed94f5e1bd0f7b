package dev.slipway.tree.copy;

import dev.slipway.tree.Entry;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.TreeView;
import org.jspecify.annotations.Nullable;

/** A directory of a tree, seen as a root. */
record SubtreeView(TreeView tree, TreePath root) implements TreeView {
  @Override
  public @Nullable Entry find(TreePath path) {
    return tree.find(root.resolve(path));
  }
}
