package dev.slipway.tree;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is in a directory: names in ascending order, and an entry for each. Thread-safe. */
final class Children {
  static final Children NONE = new Children(new byte[0][], new Entry[0]);

  private byte[][] names;
  private Entry[] entries;

  /** Gives them, as long as they have not been asked for; the arrays are set before it is null. */
  private volatile @Nullable Supplier<Children> source;

  /** The arrays are not copied. */
  Children(byte[][] names, Entry[] entries) {
    this.names = names;
    this.entries = entries;
  }

  /** Children that are not known yet. */
  Children(Supplier<Children> source) {
    this(NONE.names, NONE.entries);
    this.source = source;
  }

  byte[][] names() {
    load();
    return names;
  }

  Entry[] entries() {
    load();
    return entries;
  }

  private void load() {
    if (source != null) {
      loadOnce();
    }
  }

  private synchronized void loadOnce() {
    Supplier<Children> given = source;
    if (given != null) {
      Children children = given.get();
      names = children.names();
      entries = children.entries();
      source = null;
    }
  }
}
