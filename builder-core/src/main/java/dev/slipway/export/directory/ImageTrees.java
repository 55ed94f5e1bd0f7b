package dev.slipway.export.directory;

import dev.slipway.oci.Image;
import dev.slipway.tree.FileTree;

/** Port: the root filesystem of an image, all its layers applied. */
@FunctionalInterface
public interface ImageTrees {
  FileTree treeOf(Image image);

  /** The time, in seconds, of folders that are made to hold what is of one platform. */
  default long folderTime() {
    return 0;
  }
}
