package dev.slipway.context;

import dev.slipway.tree.FileTree;
import java.nio.file.Path;

final class DirectoryScan {
  DirectoryScan(Path root, IgnoreFile ignore, FileDigests digests) {}

  void reach(String source) {}

  FileTree tree() {
    return FileTree.EMPTY;
  }
}
