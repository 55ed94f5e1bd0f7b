package dev.slipway.dockerfile.shell;

import org.jspecify.annotations.Nullable;

/** The variables that a word may use. */
@FunctionalInterface
public interface Variables {
  /** Has no variables. */
  Variables NONE = name -> null;

  /** The value of {@code name}, or null where it is not set, which is not the same as empty. */
  @Nullable String get(String name);
}
