package dev.slipway.tree.copy;

import dev.slipway.tree.TreePath;
import dev.slipway.tree.glob.PathPattern;
import dev.slipway.tree.glob.PathText;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns that pick paths below a directory, as {@code --exclude} and {@code --parents} have them:
 * those of a {@code .dockerignore}. A pattern that matches a directory matches all in it; one
 * behind a {@code !} takes back; the last that matches decides.
 */
final class PathPatterns {
  private final List<PathPattern> patterns = new ArrayList<>();
  private boolean hasExceptions;

  PathPatterns(List<String> texts) {
    for (String text : texts) {
      add(text.strip());
    }
  }

  private void add(String text) {
    if (text.isEmpty()) {
      return;
    }
    String pattern = clean(text);
    boolean exception = pattern.startsWith("!");
    if (exception) {
      pattern = pattern.substring(1);
      hasExceptions = true;
      if (pattern.isEmpty()) {
        throw new CopyException("illegal exclusion pattern: \"!\"");
      }
    }
    patterns.add(compile(pattern, exception));
  }

  private static PathPattern compile(String pattern, boolean exception) {
    try {
      return PathPattern.compile(pattern, exception);
    } catch (IllegalArgumentException e) {
      throw CopyException.malformedPattern(pattern, e);
    }
  }

  /** As Go's {@code filepath.Clean}: an absolute pattern stays one, and so matches nothing. */
  private static String clean(String text) {
    String clean = TreePath.of(text).toString();
    boolean relative = !text.startsWith("/");
    return relative ? clean.substring(1) : clean;
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean hasExceptions() {
    return hasExceptions;
  }

  /** The verdict on the directory that all paths are below. */
  Verdict top() {
    return new Verdict(this, "", new boolean[patterns.size()], false);
  }

  /**
   * What is known of a path, and of use for those below it.
   *
   * @param matched by pattern, whether it matched this path or one above
   */
  record Verdict(PathPatterns owner, String path, boolean[] matched, boolean picked) {
    Verdict of(byte[] name) {
      String text = PathText.decode(name);
      String child = path.isEmpty() ? text : path + "/" + text;
      boolean[] childMatched = new boolean[matched.length];
      boolean childPicked = false;
      for (int i = 0; i < matched.length; i++) {
        PathPattern pattern = owner.patterns.get(i);
        // A pattern can only change the verdict in its own direction; others are not asked.
        childMatched[i] =
            matched[i] || pattern.isException() == childPicked && pattern.matches(child);
        if (childMatched[i]) {
          childPicked = !pattern.isException();
        }
      }
      return new Verdict(owner, child, childMatched, childPicked);
    }

    /** Whether something below may be picked. */
    boolean mayPickBelow() {
      if (picked || path.isEmpty()) {
        return true;
      }
      for (PathPattern pattern : owner.patterns) {
        if (!pattern.isException() && pattern.mayMatchBelow(path)) {
          return true;
        }
      }
      return false;
    }
  }
}
