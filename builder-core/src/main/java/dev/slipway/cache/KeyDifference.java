package dev.slipway.cache;

import org.jspecify.annotations.Nullable;

/**
 * One reason why a step was not found in the cache.
 *
 * @param field the name of the part of the key
 * @param before its value in the earlier build; null if it was not there
 * @param now its value in this build; null if it is not there any more
 */
public record KeyDifference(String field, @Nullable String before, @Nullable String now) {
  public KeyDifference {
    if (before == null && now == null) {
      throw new IllegalArgumentException("field '" + field + "' on neither side");
    }
  }

  /** One line for people, such as {@code user: 'root' became 'app'}. */
  @Override
  public String toString() {
    if (before == null) {
      return field + ": '" + now + "' is new";
    }
    if (now == null) {
      return field + ": '" + before + "' is gone";
    }
    return field + ": '" + before + "' became '" + now + "'";
  }
}
