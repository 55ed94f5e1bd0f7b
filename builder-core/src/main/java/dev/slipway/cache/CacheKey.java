package dev.slipway.cache;

import org.jspecify.annotations.Nullable;

/**
 * Names a step, or a result: 64 lower-case hexadecimal digits, a SHA-256. Definition keys, content
 * keys and canonical keys are all of this type; what they are is said by where they are used.
 */
public record CacheKey(String hex) {
  /**
   * @throws IllegalArgumentException if {@code hex} is anything but 64 lower-case hexadecimal
   *     digits
   */
  public CacheKey {
    boolean valid = hex.length() == 64;
    for (int i = 0; valid && i < 64; i++) {
      char c = hex.charAt(i);
      valid = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "expected 64 lower-case hexadecimal digits, found '" + hex + "'");
    }
  }

  // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheKey that && hex.equals(that.hex);
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
