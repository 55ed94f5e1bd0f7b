package dev.slipway.layer;

import dev.slipway.tree.TreePath;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The symbolic links that an archive has made so far: a member whose name leads through one is
 * where the link points to, inside the archive's root, as every extractor has it.
 */
final class ArchiveLinks {
  private static final int MAX_LINKS = 255;

  private final Map<TreePath, byte[]> targets = new HashMap<>();
  private TreePath lastParent = TreePath.ROOT;
  private TreePath lastResolved = TreePath.ROOT;

  void add(TreePath path, byte[] target) {
    targets.put(path, target);
    forgetLast();
  }

  /** The path is now another name of what is at {@code target}. */
  void addHardLink(TreePath path, TreePath target) {
    byte[] text = targets.get(target);
    if (text != null) {
      add(path, text);
    }
  }

  /** Something else is now at the path. */
  void replace(TreePath path) {
    if (!targets.isEmpty() && targets.remove(path) != null) {
      forgetLast();
    }
  }

  private void forgetLast() {
    lastParent = TreePath.ROOT;
    lastResolved = TreePath.ROOT;
  }

  /** The path with links on the way followed; a link at the path itself is meant itself. */
  TreePath resolveParents(TreePath path) {
    if (targets.isEmpty() || path.isRoot()) {
      return path;
    }
    TreePath parent = path.parent();
    if (!parent.equals(lastParent)) {
      lastResolved = follow(parent);
      lastParent = parent;
    }
    return lastResolved.child(path.name());
  }

  private TreePath follow(TreePath path) {
    ArrayDeque<byte[]> pending = new ArrayDeque<>(path.components());
    TreePath real = TreePath.ROOT;
    int links = 0;
    while (!pending.isEmpty()) {
      byte[] name = pending.removeFirst();
      if (name.length == 2 && name[0] == '.' && name[1] == '.') {
        real = real.parent();
        continue;
      }
      if (!TreePath.isName(name)) {
        continue;
      }
      TreePath next = real.child(name);
      byte[] target = targets.get(next);
      if (target == null) {
        real = next;
      } else if (++links > MAX_LINKS) {
        throw new LayerException("too many symbolic links on the way to \"" + path + "\"");
      } else {
        real = target.length > 0 && target[0] == '/' ? TreePath.ROOT : real;
        pushComponents(target, pending);
      }
    }
    return real;
  }

  private static void pushComponents(byte[] target, ArrayDeque<byte[]> pending) {
    int end = target.length;
    for (int i = target.length - 1; i >= -1; i--) {
      if (i < 0 || target[i] == '/') {
        if (end > i + 1) {
          pending.addFirst(Arrays.copyOfRange(target, i + 1, end));
        }
        end = i;
      }
    }
  }
}
