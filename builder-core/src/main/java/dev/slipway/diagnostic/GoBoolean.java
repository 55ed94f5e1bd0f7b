package dev.slipway.diagnostic;

import java.util.Optional;

/** Yes and no as docker's tools read them, with Go's {@code strconv.ParseBool}. */
public final class GoBoolean {
  private GoBoolean() {}

  /** Empty for what says neither. */
  public static Optional<Boolean> parse(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
