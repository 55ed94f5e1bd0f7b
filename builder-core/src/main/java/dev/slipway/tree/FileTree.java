package dev.slipway.tree;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable file system: a root directory and all below it. Trees share what they have alike.
 */
public final class FileTree implements TreeView {
  /** A root of mode 0755 with nothing in it. */
  public static final FileTree EMPTY =
      new FileTree(new Directory(FileTreeBuilder.IMPLIED_DIRECTORY, Origin.NONE));

  private final Directory root;

  public FileTree(Directory root) {
    this.root = root;
  }

  public Directory root() {
    return root;
  }

  @Override
  public @Nullable Entry find(TreePath path) {
    Entry entry = root;
    for (byte[] name : path.components()) {
      if (!(entry instanceof Directory directory)) {
        return null;
      }
      Entry child = directory.child(name);
      if (child == null) {
        return null;
      }
      entry = child;
    }
    return entry;
  }

  /** This tree with the changes laid over it. */
  public FileTree apply(ChangeSet changes) {
    if (changes.isEmpty()) {
      return this;
    }
    FileTreeBuilder builder = new FileTreeBuilder(this);
    builder.apply(changes);
    return builder.build();
  }

  /** All entries in path order, the root first. */
  public void forEach(BiConsumer<TreePath, Entry> action) {
    visit(TreePath.ROOT, root, action);
  }

  private static void visit(TreePath path, Entry entry, BiConsumer<TreePath, Entry> action) {
    action.accept(path, entry);
    if (entry instanceof Directory directory) {
      for (int i = 0; i < directory.size(); i++) {
        visit(path.child(directory.nameAt(i)), directory.childAt(i), action);
      }
    }
  }
}
