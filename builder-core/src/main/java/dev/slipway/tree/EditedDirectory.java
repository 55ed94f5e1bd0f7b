package dev.slipway.tree;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory under edit: its children of before, and what became of some of them. */
final class EditedDirectory {
  /** Stands for a child of before that is gone. */
  private static final Object REMOVED = new Object();

  private enum Description {
    /** Nobody said anything of this directory; it is there because something is in it. */
    IMPLIED,
    /** As it was before. */
    UNCHANGED,
    /** Put by an edit. */
    PUT
  }

  private Metadata metadata;
  private Origin origin;
  private Description description;
  private @Nullable Directory before;

  /** By name: an {@link Entry} that is no directory, an {@link EditedDirectory}, or REMOVED. */
  private @Nullable EditsByName edits;

  /** A directory that was there before. */
  EditedDirectory(Directory before) {
    this.before = before;
    this.metadata = before.metadata();
    this.origin = before.origin();
    this.description = Description.UNCHANGED;
  }

  /** A new directory that is only implied. */
  private EditedDirectory() {
    this.metadata = FileTreeBuilder.IMPLIED_DIRECTORY;
    this.origin = Origin.NONE;
    this.description = Description.IMPLIED;
  }

  Directory asEntry() {
    return new Directory(metadata, origin);
  }

  void describe(Directory directory) {
    metadata = directory.metadata();
    origin = directory.origin();
    description = Description.PUT;
  }

  /** An {@link Entry} or an {@link EditedDirectory}, or null. */
  @Nullable Object child(byte[] name) {
    Object edit = edits == null ? null : edits.get(name);
    if (edit != null) {
      return edit == REMOVED ? null : edit;
    }
    return before == null ? null : before.child(name);
  }

  void put(byte[] name, Entry entry) {
    if (entry instanceof Directory directory) {
      open(name).describe(directory);
    } else {
      edits().put(name, entry);
    }
  }

  void remove(byte[] name) {
    if (before != null && before.child(name) != null) {
      edits().put(name, REMOVED);
    } else if (edits != null) {
      edits.remove(name);
    }
  }

  void clear() {
    before = null;
    edits = null;
  }

  /** The child directory under edit; a new one in place of a child that is no directory. */
  EditedDirectory open(byte[] name) {
    Object child = child(name);
    if (child instanceof EditedDirectory open) {
      return open;
    }
    EditedDirectory opened =
        child instanceof Directory directory
            ? new EditedDirectory(directory)
            : new EditedDirectory();
    edits().put(name, opened);
    return opened;
  }

  private EditsByName edits() {
    if (edits == null) {
      edits = new EditsByName();
    }
    return edits;
  }

  Directory build() {
    if (edits == null || edits.isEmpty()) {
      if (before == null) {
        return asEntry();
      }
      return description == Description.UNCHANGED
          ? before
          : before.withMetadata(metadata).withOrigin(origin);
    }
    Merge merge = new Merge(before, edits.size());
    for (int i = 0; i < edits.size(); i++) {
      merge.addEdit(edits.nameAt(i), edits.editAt(i));
    }
    merge.addRest();
    return merge.toDirectory(metadata, origin);
  }

  /** Names and children in the making: those of before, and edits in order. */
  private static final class Merge {
    private final @Nullable Directory before;
    private final int oldSize;
    private final byte[][] names;
    private final Entry[] children;
    private int old;
    private int size;

    Merge(@Nullable Directory before, int edits) {
      this.before = before;
      oldSize = before == null ? 0 : before.size();
      names = new byte[edits + oldSize][];
      children = new Entry[edits + oldSize];
    }

    void addEdit(byte[] name, Object edit) {
      addBefore(name);
      if (edit instanceof EditedDirectory directory) {
        add(name, directory.build());
      } else if (edit != REMOVED) {
        add(name, (Entry) edit);
      }
    }

    /** Adds what was there under lower names, and passes over what was there under this one. */
    private void addBefore(byte[] name) {
      while (before != null && old < oldSize) {
        int order = Arrays.compareUnsigned(before.nameAt(old), name);
        if (order > 0) {
          return;
        }
        if (order < 0) {
          add(before.nameAt(old), before.childAt(old));
        }
        old++;
      }
    }

    void addRest() {
      for (; before != null && old < oldSize; old++) {
        add(before.nameAt(old), before.childAt(old));
      }
    }

    private void add(byte[] name, Entry child) {
      names[size] = name;
      children[size++] = child;
    }

    Directory toDirectory(Metadata metadata, Origin origin) {
      return size == names.length
          ? new Directory(metadata, origin, names, children)
          : new Directory(
              metadata, origin, Arrays.copyOf(names, size), Arrays.copyOf(children, size));
    }
  }

  /**
   * Adds the changes in path order.
   *
   * @param lower what the base has at this path, if that is a directory
   * @param withImplied whether a directory that nobody described is a change
   */
  void collect(
      TreePath path, @Nullable Directory lower, boolean withImplied, List<Change> changes) {
    Directory shown = lower;
    if (before == null && lower != null && lower.size() > 0) {
      changes.add(new Change.Opaque(path));
      shown = null;
    }
    boolean edited = before == null || edits != null && !edits.isEmpty();
    // The root is part of a layer only if somebody put it there.
    if (description == Description.PUT
        || description == Description.IMPLIED && withImplied
        || description == Description.UNCHANGED && edited && !path.isRoot()) {
      changes.add(new Change.Put(path, asEntry()));
    }
    if (edits == null) {
      return;
    }
    for (int i = 0; i < edits.size(); i++) {
      byte[] name = edits.nameAt(i);
      Entry hidden = shown == null ? null : shown.child(name);
      Object edit = edits.editAt(i);
      // Here and not in a method of its own: the deepest tree must fit into a thread's stack.
      if (edit instanceof EditedDirectory directory) {
        Directory below = hidden instanceof Directory found ? found : null;
        directory.collect(path.childOfTree(name), below, withImplied, changes);
      } else if (edit instanceof Entry entry) {
        changes.add(Change.Put.in(path, name, entry));
      } else if (hidden != null) {
        changes.add(new Change.Whiteout(path.childOfTree(name)));
      }
    }
  }
}
