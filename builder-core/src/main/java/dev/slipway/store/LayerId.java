package dev.slipway.store;

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

  @Override
  public String toString() {
    return hex;
  }
}
