package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * One option of a {@code --mount} flag.
 *
 * @param key in lower case
 * @param value null where there is no equals sign
 */
public record MountOption(String key, @Nullable String value, SourceSpan span) {
  /** The same option with another value. */
  public MountOption withValue(@Nullable String newValue) {
    return new MountOption(key, newValue, span);
  }
}
