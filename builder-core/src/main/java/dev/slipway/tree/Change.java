package dev.slipway.tree;

import org.jspecify.annotations.Nullable;

/** One line of a {@link ChangeSet}. */
public sealed interface Change {
  TreePath path();

  /**
   * The entry is now at the path, in place of what was there. A directory here is only its
   * metadata: over a directory it keeps that one's children, and its own children come as changes
   * of their own.
   */
  final class Put implements Change {
    /** The path, or the directory of {@link #name} where there is one: paths take memory. */
    private final TreePath place;

    private final byte @Nullable [] name;
    private final Entry entry;

    public Put(TreePath path, Entry entry) {
      this(path, null, entry);
    }

    private Put(TreePath place, byte @Nullable [] name, Entry entry) {
      this.place = place;
      this.name = name;
      this.entry = entry instanceof Directory directory ? directory.withoutChildren() : entry;
    }

    /**
     * A put that makes its path when it is asked for.
     *
     * @param name not copied; one that is in a tree
     */
    static Put in(TreePath directory, byte[] name, Entry entry) {
      return new Put(directory, name, entry);
    }

    /** Another entry at the same path. */
    Put withEntry(Entry other) {
      return new Put(place, name, other);
    }

    @Override
    public TreePath path() {
      return name == null ? place : place.childOfTree(name);
    }

    public Entry entry() {
      return entry;
    }

    void putInto(FileTreeBuilder tree) {
      if (name == null) {
        tree.put(place, entry);
      } else {
        tree.put(place, name, entry);
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Put put && path().equals(put.path()) && entry.equals(put.entry);
    }

    @Override
    public int hashCode() {
      return 31 * path().hashCode() + entry.hashCode();
    }

    @Override
    public String toString() {
      return "Put[path=" + path() + ", entry=" + entry + "]";
    }
  }

  /** What the trees below have at the path is gone, with all that is in it. */
  record Whiteout(TreePath path) implements Change {}

  /** The directory at the path shows none of the children that the trees below have in it. */
  record Opaque(TreePath path) implements Change {}
}
