package dev.slipway.tree;

/** What to do with a symbolic link that is the last component of a path. */
public enum FollowLast {
  /** The link itself is meant. */
  NO,
  /** What the link points to is meant. */
  YES
}
