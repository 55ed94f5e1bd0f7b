package dev.slipway.tree.copy;

/** Who shall own what is made: unsigned 32 bit numbers kept in ints. */
public record Ownership(int uid, int gid) {
  public static final Ownership ROOT = new Ownership(0, 0);
}
