package dev.slipway.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edits over a tree, as an overlay's upper directory is: what was edited can be had as a new tree
 * or as the changes that lead to it. Not safe for use by several threads.
 */
public final class FileTreeBuilder implements TreeView {
  /** What a directory is that nobody described but that holds something. */
  static final Metadata IMPLIED_DIRECTORY = Metadata.of(0755, 0);

  private final Directory base;
  private final EditedDirectory root;

  /** The directory that was last put into: mostly the next one is put into it too. */
  private TreePath lastPath = TreePath.ROOT;

  private EditedDirectory last;

  /** Starts from nothing. */
  public FileTreeBuilder() {
    this(FileTree.EMPTY);
  }

  public FileTreeBuilder(FileTree base) {
    this.base = base.root();
    this.root = new EditedDirectory(this.base);
    this.last = root;
  }

  /** What is called {@code name} in a directory, or null. */
  public @Nullable Entry find(TreePath directory, byte[] name) {
    return directory.equals(lastPath)
        ? asEntry(last.child(name))
        : find(directory.childOfTree(name));
  }

  @Override
  public @Nullable Entry find(TreePath path) {
    if (path.isChildOf(lastPath)) {
      return asEntry(last.child(path.name()));
    }
    Object at = root;
    for (byte[] name : path.components()) {
      Object child = null;
      if (at instanceof EditedDirectory edited) {
        child = edited.child(name);
      } else if (at instanceof Directory directory) {
        child = directory.child(name);
      }
      if (child == null) {
        return null;
      }
      at = child;
    }
    return asEntry(at);
  }

  private static @Nullable Entry asEntry(@Nullable Object found) {
    return found instanceof EditedDirectory edited ? edited.asEntry() : (Entry) found;
  }

  /**
   * Puts the entry at the path in place of what is there. A directory counts as its metadata only:
   * put over a directory it keeps that one's children. What is no directory on the way gives way to
   * one; directories missing on the way are made with mode 0755.
   *
   * @throws IllegalArgumentException if the path is the root and the entry no directory
   */
  public void put(TreePath path, Entry entry) {
    if (path.isRoot()) {
      if (!(entry instanceof Directory directory)) {
        throw new IllegalArgumentException("the root must be a directory");
      }
      root.describe(directory);
      return;
    }
    openParent(path).put(path.name(), entry);
  }

  /**
   * As {@link #put(TreePath, Entry)} of the path of {@code name} in a directory.
   *
   * @param name not copied
   * @throws IllegalArgumentException if it is no name
   */
  public void put(TreePath directory, byte[] name, Entry entry) {
    TreePath.checkName(name);
    openDirectory(directory).put(name, entry);
  }

  private void forgetLast() {
    lastPath = TreePath.ROOT;
    last = root;
  }

  /** Takes away what is at the path; of the root, all that is in it. */
  public void remove(TreePath path) {
    if (path.isRoot()) {
      root.clear();
      forgetLast();
    } else if (find(path) != null) {
      openParent(path).remove(path.name());
      forgetLast();
    }
  }

  /** Takes away all that is in the directory at the path. */
  public void clear(TreePath path) {
    if (path.isRoot()) {
      root.clear();
      forgetLast();
    } else if (find(path) instanceof Directory) {
      openParent(path).open(path.name()).clear();
      forgetLast();
    }
  }

  /** Lays the changes over what is there. */
  public void apply(ChangeSet changes) {
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        put.putInto(this);
      } else if (change instanceof Change.Whiteout) {
        remove(change.path());
      } else {
        clear(change.path());
      }
    }
  }

  private EditedDirectory openParent(TreePath path) {
    return path.isChildOf(lastPath) ? last : openDirectory(path.parent());
  }

  private EditedDirectory openDirectory(TreePath path) {
    if (!path.equals(lastPath)) {
      EditedDirectory directory = root;
      for (byte[] name : path.components()) {
        directory = directory.open(name);
      }
      lastPath = path;
      last = directory;
    }
    return last;
  }

  /** The tree as it is now; parts that were not edited are shared with the base. */
  public FileTree build() {
    return new FileTree(root.build());
  }

  /**
   * All that was edited since the start, and each directory above it as it is now. An entry put is
   * a change even if the base has the same.
   */
  public ChangeSet changes() {
    return changes(true);
  }

  /**
   * As {@link #changes}, without the directories that were made only because something was put into
   * them: where these changes are laid over a tree that has them, they are as that tree says.
   */
  public ChangeSet describedChanges() {
    return changes(false);
  }

  private ChangeSet changes(boolean withImplied) {
    List<Change> changes = new ArrayList<>();
    root.collect(TreePath.ROOT, base, withImplied, changes);
    return new ChangeSet(changes.toArray(new Change[0]));
  }
}
