package dev.slipway.store;

import org.jspecify.annotations.Nullable;

/**
 * Names a layer on this machine: 64 lower-case hexadecimal digits. For a layer of an image it is
 * the digest part of its diffID; for the result of a step it is whatever identifies that result,
 * because such a layer need never become a tar.
 */
public record LayerId(String hex) {
  /**
   * @throws IllegalArgumentException if {@code hex} is anything but 64 lower-case hexadecimal
   *     digits
   */
  public LayerId {
    Hex.check(hex, 64);
  }

  // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LayerId that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
