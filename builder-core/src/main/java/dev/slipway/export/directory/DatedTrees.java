package dev.slipway.export.directory;

import dev.slipway.oci.Image;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Root filesystems in which everything but the root has one time, older things too: as BuildKit
 * writes files where SOURCE_DATE_EPOCH is given.
 *
 * @param seconds since the epoch
 */
public record DatedTrees(ImageTrees trees, long seconds) implements ImageTrees {
  @Override
  public FileTree treeOf(Image image) {
    Directory root = trees.treeOf(image).root();
    // The place of the root is the destination, which is not dated.
    return new FileTree(dated(root, new IdentityHashMap<>()).withMetadata(root.metadata()));
  }

  @Override
  public long folderTime() {
    return seconds;
  }

  private Directory dated(Directory directory, Map<Entry, Entry> linked) {
    byte[][] names = new byte[directory.size()][];
    Entry[] children = new Entry[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = directory.nameAt(i);
      Entry child = directory.childAt(i);
      if (child instanceof Directory below) {
        children[i] = dated(below, linked);
      } else if (child.linked()) {
        // One object for all names of one file.
        children[i] = linked.computeIfAbsent(child, this::dated);
      } else {
        children[i] = dated(child);
      }
    }
    return Directory.of(
        directory.metadata().withMtime(seconds, 0), directory.origin(), names, children);
  }

  private Entry dated(Entry entry) {
    Entry dated = entry.withMetadata(entry.metadata().withMtime(seconds, 0));
    return switch (dated.kind()) {
      case FILE -> ((RegularFile) dated).withLinked(entry.linked());
      case SYMLINK -> ((Symlink) dated).withLinked(entry.linked());
      case DEVICE -> ((Device) dated).withLinked(entry.linked());
      case DIRECTORY -> dated;
    };
  }
}
