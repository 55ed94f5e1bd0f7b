package dev.slipway.session;

/** Numbers of things, for people. */
final class Quantity {
  private Quantity() {}

  /** As {@code 1 step}, {@code 2 steps}. */
  static String of(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
