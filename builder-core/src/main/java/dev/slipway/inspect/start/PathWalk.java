package dev.slipway.inspect.start;

import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.TreeView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks a name up as the kernel does, path_resolution(7): links and {@code ..} in their order, none
 * of them behind what is no directory.
 */
final class PathWalk {
  /** The kernel's {@code MAXSYMLINKS}, for all of a path together. */
  private static final int MAX_LINKS = 40;

  /** {@code PATH_MAX}, in which the NUL at the end is counted. */
  private static final int MAX_PATH = 4096;

  private static final byte[] HERE = {'.'};
  private static final byte[] UP = {'.', '.'};

  private final TreeView tree;
  private final @Nullable Identity identity;
  private final ArrayDeque<byte[]> pending = new ArrayDeque<>();
  private TreePath at;
  private int links;

  /**
   * @param identity whose rights count on the way; null for nobody's
   * @param start where a relative name begins
   */
  PathWalk(TreeView tree, @Nullable Identity identity, TreePath start) {
    this.tree = tree;
    this.identity = identity;
    this.at = start;
  }

  /**
   * What a name leads to.
   *
   * @param path the real one, without links
   */
  record Reached(TreePath path, Entry entry) {}

  /** Empty where the kernel has an error for it. */
  Optional<Reached> walk(String name) {
    byte[] written = name.getBytes(StandardCharsets.UTF_8);
    if (written.length == 0 || written.length >= MAX_PATH) {
      return Optional.empty();
    }
    push(written);
    while (!pending.isEmpty()) {
      if (!step(pending.removeFirst())) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(tree.find(at)).map(entry -> new Reached(at, entry));
  }

  private boolean step(byte[] name) {
    if (!(tree.find(at) instanceof Directory directory)
        || identity != null && !identity.maySearch(directory.metadata())) {
      return false;
    }
    if (Arrays.equals(name, HERE)) {
      return true;
    }
    if (Arrays.equals(name, UP)) {
      at = at.parent();
      return true;
    }
    Entry entry = TreePath.isName(name) ? tree.find(at.child(name)) : null;
    if (entry instanceof Symlink link) {
      push(link.target());
      return ++links <= MAX_LINKS;
    }
    at = entry == null ? at : at.child(name);
    return entry != null;
  }

  /** Puts the components of a path before what is still to be walked. */
  private void push(byte[] path) {
    if (path.length > 0 && path[0] == '/') {
      at = TreePath.ROOT;
    }
    if (path.length > 0 && path[path.length - 1] == '/') {
      // A slash at the end asks for a directory, as a dot behind it does.
      pending.addFirst(HERE);
    }
    int end = path.length;
    for (int i = path.length - 1; i >= -1; i--) {
      if (i < 0 || path[i] == '/') {
        if (i + 1 < end) {
          pending.addFirst(Arrays.copyOfRange(path, i + 1, end));
        }
        end = i;
      }
    }
  }
}
