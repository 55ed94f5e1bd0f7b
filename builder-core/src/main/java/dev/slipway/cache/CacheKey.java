package dev.slipway.cache;

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
      valid = Character.digit(hex.charAt(i), 16) >= 0 && !Character.isUpperCase(hex.charAt(i));
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "expected 64 lower-case hexadecimal digits, found '" + hex + "'");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
