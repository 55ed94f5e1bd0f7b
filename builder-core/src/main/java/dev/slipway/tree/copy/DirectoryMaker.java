package dev.slipway.tree.copy;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What WORKDIR does to the file system. */
public final class DirectoryMaker {
  private DirectoryMaker() {}

  /**
   * Makes the directory and those missing above it, mode 0755; nothing if it exists. Links on the
   * way are followed.
   *
   * @param owner of what is made; null for root, and the group of a setgid directory above it
   * @param createdSeconds the time of what is made
   * @throws CopyException if there is something else on the way
   */
  public static ChangeSet make(
      FileTree tree, TreePath path, @Nullable Ownership owner, long createdSeconds, Origin origin) {
    FileTreeBuilder edited = new FileTreeBuilder(tree);
    CopyFlags flags =
        new CopyFlags(
            path.toString(), "/", owner, null, false, false, List.of(), origin, createdSeconds);
    new CopyDestination(edited, flags).makeDirectory();
    return edited.changes();
  }
}
