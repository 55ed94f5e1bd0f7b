package dev.slipway.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private @Nullable TreeMap<byte[], Object> edits;

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

  private TreeMap<byte[], Object> edits() {
    if (edits == null) {
      edits = new TreeMap<>(Arrays::compareUnsigned);
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
    int most = edits.size() + (before == null ? 0 : before.size());
    Merge merge = new Merge(most);
    int old = 0;
    int oldSize = before == null ? 0 : before.size();
    for (Map.Entry<byte[], Object> edit : edits.entrySet()) {
      int order = -1;
      while (before != null
          && old < oldSize
          && (order = Arrays.compareUnsigned(before.nameAt(old), edit.getKey())) < 0) {
        merge.add(before.nameAt(old), before.childAt(old));
        old++;
      }
      if (old < oldSize && order == 0) {
        old++;
      }
      merge.addEdit(edit.getKey(), edit.getValue());
    }
    for (; before != null && old < oldSize; old++) {
      merge.add(before.nameAt(old), before.childAt(old));
    }
    return merge.toDirectory(metadata, origin);
  }

  /** Names and children in the making. */
  private static final class Merge {
    private final byte[][] names;
    private final Entry[] children;
    private int size;

    Merge(int most) {
      names = new byte[most][];
      children = new Entry[most];
    }

    void addEdit(byte[] name, Object edit) {
      if (edit instanceof EditedDirectory directory) {
        add(name, directory.build());
      } else if (edit != REMOVED) {
        add(name, (Entry) edit);
      }
    }

    void add(byte[] name, Entry child) {
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
    for (Map.Entry<byte[], Object> edit : edits.entrySet()) {
      Entry hidden = shown == null ? null : shown.child(edit.getKey());
      collectEdit(path.child(edit.getKey()), edit.getValue(), hidden, withImplied, changes);
    }
  }

  private static void collectEdit(
      TreePath path,
      Object edit,
      @Nullable Entry hidden,
      boolean withImplied,
      List<Change> changes) {
    if (edit instanceof EditedDirectory directory) {
      Directory lower = hidden instanceof Directory found ? found : null;
      directory.collect(path, lower, withImplied, changes);
    } else if (edit instanceof Entry entry) {
      changes.add(new Change.Put(path, entry));
    } else if (hidden != null) {
      changes.add(new Change.Whiteout(path));
    }
  }
}
