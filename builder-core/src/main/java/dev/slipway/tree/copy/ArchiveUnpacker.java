package dev.slipway.tree.copy;

import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Lays an archive over a directory, which is the archive's root: links in it never lead above.
 * Unlike a copy, what the archive has replaces whatever is there.
 */
final class ArchiveUnpacker {
  private static final int IMPLIED_MODE = 0755;

  private final FileTreeBuilder tree;
  private final CopyFlags flags;
  private final TreePath root;
  private final Map<Entry, Entry> linkedCopies = new IdentityHashMap<>();

  ArchiveUnpacker(FileTreeBuilder tree, CopyFlags flags, TreePath root) {
    this.tree = tree;
    this.flags = flags;
    this.root = root;
  }

  void unpack(ChangeSet archive) {
    for (Change change : archive) {
      if (!(change instanceof Change.Put put)) {
        throw new IllegalArgumentException("a deletion in an archive: " + change);
      }
      // As BuildKit: the root is as it is.
      if (!put.path().isRoot()) {
        put(put.path(), put.entry());
      }
    }
  }

  private void put(TreePath path, Entry entry) {
    TreePath target = makeParent(path.parent()).child(path.name());
    Entry existing = tree.find(target);
    boolean merges = existing instanceof Directory && entry instanceof Directory;
    if (existing != null && !merges) {
      tree.remove(target);
    }
    tree.put(
        target, entry.linked() ? linkedCopies.computeIfAbsent(entry, this::adapt) : adapt(entry));
  }

  private Entry adapt(Entry entry) {
    Metadata metadata = entry.metadata();
    if (flags.owner() != null) {
      metadata = metadata.withOwner(flags.owner().uid(), flags.owner().gid());
    }
    if (entry instanceof Symlink) {
      // A file system has no other mode for a link, whatever the archive says.
      metadata = metadata.withMode(0777);
    }
    if (metadata.mtimeSeconds() < 0) {
      metadata = metadata.withMtime(0, 0);
    }
    Entry adapted = entry.withMetadata(metadata);
    return entry.origin().equals(Origin.NONE) ? adapted.withOrigin(flags.origin()) : adapted;
  }

  /** The real path of a directory of the archive; made if the archive did not say so before. */
  private TreePath makeParent(TreePath parent) {
    // The directory as a root of its own, so that an absolute link starts there.
    Resolution resolution = new SubtreeView(tree, root).resolve(parent, FollowLast.YES);
    TreePath made = root.resolve(resolution.path());
    if (!(resolution.entry() instanceof Directory)) {
      throw new CopyException(
          "cannot unpack into \""
              + root.resolve(parent)
              + "\": \""
              + made
              + "\" is not a directory");
    }
    Metadata above = resolution.entry().metadata();
    for (byte[] name : resolution.missing().components()) {
      made = made.child(name);
      // As BuildKit: a setgid directory gives its group, but not its bit.
      above =
          Metadata.of(IMPLIED_MODE, flags.createdSeconds())
              .withOwner(0, CopyDestination.groupOfMade(above));
      tree.put(made, new Directory(above, flags.origin()));
    }
    return made;
  }
}
