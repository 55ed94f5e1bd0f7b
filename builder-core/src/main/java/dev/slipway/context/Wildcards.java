package dev.slipway.context;

/** The wildcards in one component of a source path. */
final class Wildcards {
  private Wildcards() {}

  /** Whether the component must be matched rather than looked up. */
  static boolean isPattern(String component) {
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (c == '*' || c == '?' || c == '[' || c == '\\') {
        return true;
      }
    }
    return false;
  }
}
