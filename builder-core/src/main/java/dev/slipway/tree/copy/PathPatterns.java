package dev.slipway.tree.copy;

import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that pick paths below a directory, as {@code --exclude} and {@code --parents} have them:
 * those of a {@code .dockerignore}. A pattern that matches a directory matches all in it; one
 * behind a {@code !} takes back; the last that matches decides.
 */
final class PathPatterns {
  /**
   * @param text without the exclamation mark
   * @param literal how the text begins before any wildcard
   * @param suffix what follows two stars at the start, if that is literal: then any text may stand
   *     before it, not only directories
   */
  private record Pattern(
      Glob glob, boolean exception, String text, String literal, @Nullable String suffix) {
    static Pattern of(String text, boolean exception) {
      int special = firstSpecial(text, 0);
      boolean endsLiteral = text.startsWith("**") && firstSpecial(text, 2) == text.length();
      return new Pattern(
          Glob.compile(text, Glob.Stars.ACROSS_NAMES),
          exception,
          text,
          text.substring(0, special),
          endsLiteral ? text.substring(2) : null);
    }

    private static int firstSpecial(String text, int from) {
      int at = from;
      while (at < text.length() && "*?[\\".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return at;
    }

    private boolean isLiteral() {
      return literal.length() == text.length();
    }

    boolean matches(String path) {
      if (suffix != null) {
        return path.endsWith(suffix) || ("/" + path).equals(suffix);
      }
      return isLiteral() ? path.equals(text) : path.startsWith(literal) && glob.matches(path);
    }

    /** Whether it may match something below the directory; says yes when in doubt. */
    boolean mayMatchBelow(String directory) {
      if (literal.length() <= directory.length()) {
        return !isLiteral() && directory.startsWith(literal);
      }
      return literal.startsWith(directory) && literal.charAt(directory.length()) == '/';
    }
  }

  private final List<Pattern> patterns = new ArrayList<>();
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
    patterns.add(Pattern.of(pattern, exception));
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
      String text = new String(name, StandardCharsets.UTF_8);
      String child = path.isEmpty() ? text : path + "/" + text;
      boolean[] childMatched = new boolean[matched.length];
      boolean childPicked = false;
      for (int i = 0; i < matched.length; i++) {
        Pattern pattern = owner.patterns.get(i);
        // A pattern can only change the verdict in its own direction; others are not asked.
        childMatched[i] =
            matched[i] || pattern.exception() == childPicked && pattern.matches(child);
        if (childMatched[i]) {
          childPicked = !pattern.exception();
        }
      }
      return new Verdict(owner, child, childMatched, childPicked);
    }

    /** Whether something below may be picked. */
    boolean mayPickBelow() {
      if (picked || path.isEmpty()) {
        return true;
      }
      for (Pattern pattern : owner.patterns) {
        if (!pattern.exception() && pattern.mayMatchBelow(path)) {
          return true;
        }
      }
      return false;
    }
  }
}
