package dev.slipway.context;

import dev.slipway.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** A directory of this machine, scanned as far as it is asked for. */
final class DirectoryContext implements BuildContext {
  private final DirectoryScan scan;
  private final SourceWalk walk;

  private DirectoryContext(DirectoryScan scan) {
    this.scan = scan;
    this.walk = new SourceWalk(scan);
  }

  static DirectoryContext open(Path directory, IgnoreFile ignore, FileDigests digests) {
    if (!Files.isDirectory(directory)) {
      throw new ContextException(
          "build context \""
              + directory
              + "\" "
              + (Files.exists(directory) ? "is no directory" : "not found"));
    }
    try {
      return new DirectoryContext(new DirectoryScan(directory.toRealPath(), ignore, digests));
    } catch (IOException e) {
      throw new ContextException("cannot read build context \"" + directory + "\"", e);
    }
  }

  @Override
  public FileTree treeFor(Collection<String> sources) {
    synchronized (scan) {
      for (String source : sources) {
        walk.reach(source);
      }
      return scan.tree();
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}
