package dev.slipway.context;

import dev.slipway.tree.glob.Glob;
import dev.slipway.tree.glob.Glob.Stars;
import dev.slipway.tree.glob.PathText;
import java.util.ArrayList;
import java.util.List;

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

  /** A path whose every component stands for itself. */
  static String escape(String path) {
    StringBuilder escaped = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (isPattern(String.valueOf(c))) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /**
   * The names that a component with wildcards matches, by the rules of Go's {@code filepath.Match};
   * none for a malformed one, which whoever copies reports.
   */
  static List<byte[]> matches(String component, List<byte[]> names) {
    Glob glob;
    try {
      glob = Glob.compile(component, Stars.WITHIN_A_NAME);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
    List<byte[]> matches = new ArrayList<>();
    for (byte[] name : names) {
      if (glob.matches(PathText.decode(name))) {
        matches.add(name);
      }
    }
    return matches;
  }
}
