package dev.slipway.tree.copy;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;

/**
 * One COPY or ADD line: its sources are given one by one, in the order of the line. What each does
 * is what BuildKit does.
 */
public final class CopyOperation {
  /**
   * @param destination what is below the line; not looked at with {@link CopyFlags#link}
   */
  public CopyOperation(FileTree destination, CopyFlags flags) {
    throw new UnsupportedOperationException();
  }

  /**
   * Copies a path or wildcard of a context or stage.
   *
   * @throws CopyException if a path without wildcard does not exist, or a directory and a file meet
   */
  public void copy(FileTree source, String path) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #copy}, but files that are archives are unpacked instead. */
  public void add(FileTree source, String path, ArchiveOpener archives) {
    throw new UnsupportedOperationException();
  }

  /** Copies a file that has a name but is in no tree: a heredoc, or what a URL gave. */
  public void copyFile(String name, RegularFile file) {
    throw new UnsupportedOperationException();
  }

  /** Unpacks an archive that is in no tree, as {@code ADD --unpack} of a URL. */
  public void unpack(ChangeSet archive) {
    throw new UnsupportedOperationException();
  }

  /** What came of it. */
  public CopyResult result() {
    throw new UnsupportedOperationException();
  }
}
