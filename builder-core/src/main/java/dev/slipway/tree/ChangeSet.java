package dev.slipway.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What turns one tree into another: changes in the order of their paths, at most one a path, but
 * that an {@link Change.Opaque} may stand before a {@link Change.Put} of the same path. Whiteouts
 * and opaque marks speak of the tree below only, never of this set's own entries. Immutable.
 */
public final class ChangeSet implements Iterable<Change> {
  /** No change. */
  public static final ChangeSet EMPTY = new ChangeSet(new Change[0]);

  private final Change[] changes;

  /** The array is not copied; it is in order. */
  ChangeSet(Change[] changes) {
    this.changes = changes;
  }

  /**
   * The changes that turn {@code lower} into {@code upper}. What is the same by {@link
   * Entry#sameAs} is left out, but names of a hard-linked file are kept together.
   */
  public static ChangeSet between(FileTree lower, FileTree upper) {
    return new TreeDifference(lower, upper).changes();
  }

  /**
   * Changes in any order. Of several puts of one path the last counts. A whiteout or an opaque mark
   * beside a put of the same path means that nothing of the lower directory shows.
   */
  public static ChangeSet of(List<? extends Change> changes) {
    Change[] sorted = changes.toArray(new Change[0]);
    if (isInOrder(sorted)) {
      return new ChangeSet(sorted);
    }
    Arrays.sort(sorted, (one, other) -> one.path().compareTo(other.path()));
    List<Change> merged = new ArrayList<>(sorted.length);
    for (int start = 0; start < sorted.length; ) {
      int end = start + 1;
      while (end < sorted.length && sorted[end].path().equals(sorted[start].path())) {
        end++;
      }
      merge(sorted, start, end, merged);
      start = end;
    }
    return new ChangeSet(merged.toArray(new Change[0]));
  }

  /** Whether no path is there twice either. */
  private static boolean isInOrder(Change[] changes) {
    for (int i = 1; i < changes.length; i++) {
      if (changes[i - 1].path().compareTo(changes[i].path()) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds what the changes from {@code start} to {@code end}, all of one path, come to. */
  private static void merge(Change[] changes, int start, int end, List<Change> merged) {
    Change put = null;
    Change opaque = null;
    Change whiteout = null;
    for (int i = start; i < end; i++) {
      if (changes[i] instanceof Change.Put) {
        put = changes[i];
      } else if (changes[i] instanceof Change.Opaque) {
        opaque = changes[i];
      } else {
        whiteout = changes[i];
      }
    }
    boolean directory = put instanceof Change.Put made && made.entry() instanceof Directory;
    if (directory && whiteout != null || opaque != null && (put == null || directory)) {
      merged.add(opaque != null ? opaque : new Change.Opaque(changes[start].path()));
    } else if (put == null && whiteout != null) {
      merged.add(whiteout);
    }
    if (put != null) {
      merged.add(put);
    }
  }

  /** The same changes with other entries; names of one file stay names of one. */
  public ChangeSet withEntries(UnaryOperator<Entry> change) {
    Change[] changed = changes.clone();
    Map<Entry, Entry> links = new IdentityHashMap<>();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] instanceof Change.Put put) {
        Entry entry = put.entry();
        Entry other = entry.linked() ? links.computeIfAbsent(entry, change) : change.apply(entry);
        changed[i] = other == entry ? put : put.withEntry(other);
      }
    }
    return new ChangeSet(changed);
  }

  public boolean isEmpty() {
    return changes.length == 0;
  }

  public int size() {
    return changes.length;
  }

  public Change get(int index) {
    return changes[index];
  }

  @Override
  public Iterator<Change> iterator() {
    return Arrays.asList(changes).iterator();
  }

  @Override
  public void forEach(Consumer<? super Change> action) {
    for (Change change : changes) {
      action.accept(change);
    }
  }

  @Override
  public String toString() {
    return changes.length + " changes";
  }
}
