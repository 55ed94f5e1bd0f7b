package dev.slipway.context;

import dev.slipway.tree.FileTree;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Files that COPY, ADD and bind mounts may read. Owners are 0:0 and extended attributes left out;
 * modes, times and hard links among the files are kept; what an ignore file excludes is not there.
 * Thread-safe; contents can be opened until it is closed.
 */
public sealed interface BuildContext extends AutoCloseable permits DirectoryContext, TreeContext {

  /**
   * A tree that holds at least what the sources name: with all below a directory, where symbolic
   * links on the way lead, all that a wildcard matches, and for a source that is not there what its
   * directory holds, so that near names can be told. Beyond that it may lack anything. Links never
   * lead out of the context.
   *
   * @param sources paths as written in a Dockerfile, with wildcards or without; {@code ..} stops at
   *     the root
   * @throws ContextException if something of it cannot be read or used
   */
  FileTree treeFor(Collection<String> sources);

  /** Gives up what is held open; nothing on disk is deleted. */
  @Override
  void close();

  /**
   * A directory of this machine, read where and when {@link #treeFor} names something. A file that
   * changes between being looked at and being read makes the read fail.
   *
   * @throws ContextException if it is no directory
   */
  static BuildContext directory(Path directory, IgnoreFile ignore, FileDigests digests) {
    return DirectoryContext.open(directory, ignore, digests);
  }

  /** What was fetched or unpacked before; ignore files do not apply to it. */
  static BuildContext ofTree(FileTree tree) {
    return new TreeContext(tree);
  }
}
