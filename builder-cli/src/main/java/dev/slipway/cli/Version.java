package dev.slipway.cli;

/** Which version this program is. */
final class Version {
  /** As in the pom, held equal by a test: a resource would cost every start an opened jar. */
  static final String NUMBER = "0.1.0-SNAPSHOT";

  /** What {@code --version} prints. A constant too, so that not even this class is loaded. */
  static final String LINE = "slipway " + NUMBER;

  private Version() {}
}
