package dev.slipway.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks one path through a tree, link by link. */
final class LinkResolver {
  // Linux follows 40; the limit of Go's filepath.EvalSymlinks and of BuildKit's walk is 255.
  private static final int MAX_LINKS = 255;

  private final TreeView tree;
  private final ArrayDeque<byte[]> pending = new ArrayDeque<>();
  private TreePath real = TreePath.ROOT;
  private TreePath missing = TreePath.ROOT;
  private int links;

  LinkResolver(TreeView tree) {
    this.tree = tree;
  }

  Resolution resolve(TreePath path, FollowLast followLast) {
    push(path.toBytes());
    while (!pending.isEmpty()) {
      step(path, pending.removeFirst(), followLast);
    }
    return new Resolution(real, entryAt(real), missing);
  }

  private void step(TreePath asked, byte[] name, FollowLast followLast) {
    if (isDotDot(name)) {
      if (missing.isRoot()) {
        real = real.parent();
      } else {
        missing = missing.parent();
      }
      return;
    }
    Entry entry = missing.isRoot() ? childOf(real, name) : null;
    if (entry == null) {
      missing = missing.child(name);
    } else if (entry instanceof Symlink link
        && (followLast == FollowLast.YES || !pending.isEmpty())) {
      follow(asked, link.target());
    } else {
      real = real.child(name);
    }
  }

  private void follow(TreePath asked, byte[] target) {
    if (++links > MAX_LINKS) {
      throw new TreeException("too many symbolic links on the way to \"" + asked + "\"");
    }
    if (target.length > 0 && target[0] == '/') {
      real = TreePath.ROOT;
    }
    push(target);
  }

  /** Puts the components of {@code path} before what is still to be walked. */
  private void push(byte[] path) {
    List<byte[]> components = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        if (i > start && !(i == start + 1 && path[start] == '.')) {
          components.add(Arrays.copyOfRange(path, start, i));
        }
        start = i + 1;
      }
    }
    for (int i = components.size() - 1; i >= 0; i--) {
      pending.addFirst(components.get(i));
    }
  }

  private @Nullable Entry childOf(TreePath directory, byte[] name) {
    // A name that no file can have, as one with a NUL byte from a hostile link, is just not there.
    return TreePath.isName(name) ? tree.find(directory.child(name)) : null;
  }

  private Entry entryAt(TreePath path) {
    Entry entry = tree.find(path);
    if (entry == null) {
      throw new IllegalStateException("no entry at " + path);
    }
    return entry;
  }

  private static boolean isDotDot(byte[] name) {
    return name.length == 2 && name[0] == '.' && name[1] == '.';
  }
}
