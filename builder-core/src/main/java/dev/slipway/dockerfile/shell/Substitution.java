package dev.slipway.dockerfile.shell;

import org.jspecify.annotations.Nullable;

/** What the forms of {@code ${...}} make of a value. */
final class Substitution {
  private Substitution() {}

  /**
   * {@code ${x:-word}}, {@code ${x:+word}}, {@code ${x:?word}} and the same without a colon.
   *
   * @param emptyIsUnset written with a colon
   * @throws ExpansionException for a question mark where the value is missing
   */
  static String alternative(
      String name, @Nullable String value, char modifier, boolean emptyIsUnset, String word) {
    if (value != null && !(emptyIsUnset && value.isEmpty())) {
      return modifier == '+' ? word : value;
    }
    return switch (modifier) {
      case '-' -> word;
      case '+' -> "";
      default -> throw new ExpansionException(name + ": " + complaint(value, word));
    };
  }

  private static String complaint(@Nullable String value, String word) {
    if (!word.isEmpty()) {
      return word;
    }
    return value == null ? "is not allowed to be unset" : "is not allowed to be empty";
  }

  /** {@code ${x#word}} and {@code ${x%word}}; a doubled modifier is the first of the word. */
  static String trimmed(String value, char modifier, String word) {
    boolean longest = !word.isEmpty() && word.charAt(0) == modifier;
    ShellPattern pattern = ShellPattern.compile(longest ? word.substring(1) : word, longest);
    return modifier == '#' ? pattern.trimPrefix(value) : pattern.trimSuffix(value);
  }

  /** {@code ${x/pattern/replacement}}, or with two slashes for all matches. */
  static String replaced(String value, boolean all, String pattern, String replacement) {
    ShellPattern compiled = ShellPattern.compile(pattern, true);
    return all
        ? compiled.replaceAll(value, replacement)
        : compiled.replaceFirst(value, replacement);
  }
}
