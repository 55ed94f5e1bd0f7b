package dev.slipway.tree;

import org.jspecify.annotations.Nullable;

/** A tree that can be asked what is at a path. */
public interface TreeView {
  /**
   * The entry at the path, or null. No symbolic link is followed, in the middle of the path either.
   */
  @Nullable Entry find(TreePath path);

  /**
   * The path with symbolic links followed inside the tree: an absolute target starts at the root,
   * and {@code ..} stops there.
   *
   * @throws TreeException if more than 255 links are met
   */
  default Resolution resolve(TreePath path, FollowLast followLast) {
    return new LinkResolver(this).resolve(path, followLast);
  }
}
