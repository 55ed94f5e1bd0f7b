package dev.slipway.tree;

/** One line of a {@link ChangeSet}. */
public sealed interface Change {
  TreePath path();

  /**
   * The entry is now at the path, in place of what was there. A directory here is only its
   * metadata: over a directory it keeps that one's children, and its own children come as changes
   * of their own.
   */
  record Put(TreePath path, Entry entry) implements Change {
    public Put {
      if (entry instanceof Directory directory) {
        entry = directory.withoutChildren();
      }
    }
  }

  /** What the trees below have at the path is gone, with all that is in it. */
  record Whiteout(TreePath path) implements Change {}

  /** The directory at the path shows none of the children that the trees below have in it. */
  record Opaque(TreePath path) implements Change {}
}
