package dev.slipway.export.directory;

import dev.slipway.export.ExportException;
import dev.slipway.export.ExportedImages;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.glob.PathText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays the files of several platforms side by side. */
final class MergedTrees {
  private MergedTrees() {}

  /**
   * The first tree's directories are kept where another has them too.
   *
   * @throws ExportException if two have something else at the same place
   */
  static FileTree of(ExportedImages images, ImageTrees trees) {
    Directory root = null;
    for (ExportedImages.ImageWithLayers each : images.images()) {
      Directory next = trees.treeOf(each.image()).root();
      root = root == null ? next : merge(root, next, "");
    }
    return root == null ? FileTree.EMPTY : new FileTree(root);
  }

  private static Directory merge(Directory left, Directory right, String path) {
    List<byte[]> names = new ArrayList<>();
    List<Entry> children = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      int order = compare(left, i, right, j);
      names.add(order <= 0 ? left.nameAt(i) : right.nameAt(j));
      if (order < 0) {
        children.add(left.childAt(i));
      } else if (order > 0) {
        children.add(right.childAt(j));
      } else {
        String below = path + "/" + PathText.decode(left.nameAt(i));
        children.add(merge(left.childAt(i), right.childAt(j), below));
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return Directory.of(
        left.metadata(),
        left.origin(),
        names.toArray(byte[][]::new),
        children.toArray(Entry[]::new));
  }

  private static int compare(Directory left, int i, Directory right, int j) {
    if (i == left.size()) {
      return 1;
    }
    return j == right.size() ? -1 : Arrays.compareUnsigned(left.nameAt(i), right.nameAt(j));
  }

  private static Entry merge(Entry left, Entry right, String path) {
    if (left instanceof Directory one && right instanceof Directory other) {
      return merge(one, other, path);
    }
    throw new ExportException(
        "two platforms have \"" + path + "\", and platform-split=false was given",
        "leave it out, and each has a folder of its own",
        null);
  }
}
