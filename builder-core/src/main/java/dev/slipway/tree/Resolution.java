package dev.slipway.tree;

import org.jspecify.annotations.Nullable;

/**
 * What a path means once symbolic links are followed.
 *
 * @param path the real path of the last entry that exists on the way
 * @param entry the entry at {@code path}
 * @param missing what of the path is not there, seen from {@code path}; the root if all is there.
 *     Where {@code entry} is no directory, the missing part can not be made either
 */
public record Resolution(TreePath path, Entry entry, TreePath missing) {
  /** Whether the whole path exists. */
  public boolean exists() {
    return missing.isRoot();
  }

  /** The real path that was asked for, whether it exists or not. */
  public TreePath target() {
    return path.resolve(missing);
  }

  /** The entry that was asked for, or null if it does not exist. */
  public @Nullable Entry found() {
    return exists() ? entry : null;
  }
}
