package dev.slipway.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two trees. */
final class TreeDifference {
  private final FileTree lower;
  private final FileTree upper;
  private final List<Change> changes = new ArrayList<>();

  /** Linked entries that are part of the difference by one of their names. */
  private Set<Entry> touchedLinks = Collections.newSetFromMap(new IdentityHashMap<>());

  private @Nullable Set<Entry> wantedLinks;

  TreeDifference(FileTree lower, FileTree upper) {
    this.lower = lower;
    this.upper = upper;
  }

  ChangeSet changes() {
    compareRoots();
    if (!touchedLinks.isEmpty()) {
      // A hard link can only be told to a file of the same set: take in the other names as well.
      wantedLinks = touchedLinks;
      changes.clear();
      compareRoots();
    }
    return new ChangeSet(changes.toArray(new Change[0]));
  }

  private void compareRoots() {
    if (!upper.root().sameAs(lower.root())) {
      changes.add(new Change.Put(TreePath.ROOT, upper.root()));
    }
    compareChildren(TreePath.ROOT, lower.root(), upper.root());
  }

  private void compareChildren(TreePath path, @Nullable Directory before, Directory after) {
    if (before == after && wantedLinks == null) {
      return;
    }
    int old = 0;
    int now = 0;
    int oldSize = before == null ? 0 : before.size();
    while (old < oldSize || now < after.size()) {
      int order = order(before, old, oldSize, after, now);
      if (before != null && order < 0) {
        changes.add(new Change.Whiteout(path.child(before.nameAt(old))));
      } else {
        Entry was = before != null && order == 0 ? before.childAt(old) : null;
        Entry is = after.childAt(now);
        if (is instanceof Directory directory) {
          // Here and not in a method of its own: the deepest tree must fit into a thread's stack.
          TreePath below = path.childOfTree(after.nameAt(now));
          int start = changes.size();
          changes.add(new Change.Put(below, directory));
          compareChildren(below, was instanceof Directory lowerOne ? lowerOne : null, directory);
          if (changes.size() == start + 1 && was != null && directory.sameAs(was)) {
            changes.remove(start);
          }
        } else {
          compare(path, after.nameAt(now), was, is);
        }
      }
      old += order <= 0 ? 1 : 0;
      now += order >= 0 ? 1 : 0;
    }
  }

  private static int order(
      @Nullable Directory before, int old, int oldSize, Directory after, int now) {
    if (before == null || old == oldSize) {
      return 1;
    }
    return now == after.size() ? -1 : Arrays.compareUnsigned(before.nameAt(old), after.nameAt(now));
  }

  private void compare(TreePath parent, byte[] name, @Nullable Entry before, Entry after) {
    if (before == null || isWanted(after) || differs(before, after)) {
      changes.add(Change.Put.in(parent, name, after));
      if (after.linked()) {
        touchedLinks.add(after);
      }
    }
  }

  private boolean isWanted(Entry entry) {
    return wantedLinks != null && entry.linked() && wantedLinks.contains(entry);
  }

  private static boolean differs(Entry before, Entry after) {
    return before != after && (!after.sameAs(before) || after.linked() && !before.linked());
  }
}
