package dev.slipway.context;

import dev.slipway.tree.glob.PathPattern;
import dev.slipway.tree.glob.PathText;
import java.util.ArrayList;
import java.util.List;

/**
 * The patterns of a {@code .dockerignore}, and whether a path is ignored by them. The last line
 * that matches a path, or one of the directories it lies in, decides; a line that starts with
 * {@code !} takes back. The rules are those of the reference implementation (moby's patternmatcher
 * and ignorefile), with one difference: a backslash before a letter always means that letter.
 * {@code [[:alpha:]]} and its kin mean what they mean in a regular expression, as there.
 *
 * <p>Paths are relative, cleaned, with slashes. A byte that is no UTF-8 is written as {@link
 * PathText#decode} writes it. Immutable.
 */
public final class IgnoreFile {
  /** Ignores nothing. */
  public static final IgnoreFile NONE = new IgnoreFile(List.of());

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final List<PathPattern> patterns;
  private final List<PathPattern> exceptions;

  private IgnoreFile(List<PathPattern> patterns) {
    this.patterns = List.copyOf(patterns);
    List<PathPattern> negated = new ArrayList<>();
    for (PathPattern pattern : patterns) {
      if (pattern.isException()) {
        negated.add(pattern);
      }
    }
    this.exceptions = List.copyOf(negated);
  }

  /**
   * @param content the file as it is; a leading byte order mark is skipped
   * @param name the file's name, for messages
   * @throws IgnoreFileException for a malformed pattern, naming its line
   */
  public static IgnoreFile parse(byte[] content, String name) {
    String text = PathText.decode(content);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    List<PathPattern> patterns = new ArrayList<>();
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end);
      number++;
      String pattern = IgnoreText.patternOf(line);
      if (pattern != null) {
        patterns.add(compile(pattern, name + ":" + number));
      }
      start = end < 0 ? text.length() : end + 1;
    }
    return patterns.isEmpty() ? NONE : new IgnoreFile(patterns);
  }

  private static PathPattern compile(String pattern, String where) {
    boolean exception = pattern.startsWith("!");
    String text = exception ? pattern.substring(1) : pattern;
    if (text.isEmpty()) {
      throw new IgnoreFileException(
          where + ": illegal exclusion pattern: \"!\"",
          "write the path to keep after the exclamation mark");
    }
    try {
      return PathPattern.compile(text, exception);
    } catch (IllegalArgumentException e) {
      throw new IgnoreFileException(
          where + ": malformed pattern \"" + pattern + "\": " + e.getMessage(), e);
    }
  }

  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether one pattern ignores everything at the top, and none takes anything back. */
  public boolean ignoresEverything() {
    if (!exceptions.isEmpty()) {
      return false;
    }
    for (PathPattern pattern : patterns) {
      String text = pattern.toString();
      if (text.equals("*") || text.equals("**") || text.equals("**/*")) {
        return true;
      }
    }
    return false;
  }

  /** The verdict on {@code path}. For a walk {@link #top} and {@link Verdict#of} are quicker. */
  public Verdict verdictOn(String path) {
    Verdict verdict = top();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      verdict = verdict.of(path.substring(0, slash));
    }
    return verdict.of(path);
  }

  /** The verdict on the root, which is never ignored. */
  public Verdict top() {
    return new Verdict(this, "", new boolean[patterns.size()], false);
  }

  /** The patterns, cleaned, in the order of the file. */
  @Override
  public String toString() {
    return patterns.toString();
  }

  /**
   * What is known of one path, and of use for those below it. A pattern that matched a directory
   * matches all in it; one that had no say there, because the path was already ignored or kept, is
   * not asked again about that directory.
   */
  public static final class Verdict {
    private final IgnoreFile file;
    private final String path;
    private final boolean[] matched;
    private final boolean ignored;

    private Verdict(IgnoreFile file, String path, boolean[] matched, boolean ignored) {
      this.file = file;
      this.path = path;
      this.matched = matched;
      this.ignored = ignored;
    }

    /** Whether there is no pattern at all, so that nobody need ask. */
    boolean ignoresNothing() {
      return file.isEmpty();
    }

    public boolean ignored() {
      return ignored;
    }

    /** Whether something below this path may be kept although the path is ignored. */
    public boolean mayKeepBelow() {
      if (!ignored) {
        return true;
      }
      for (PathPattern exception : file.exceptions) {
        if (exception.mayMatchBelow(path)) {
          return true;
        }
      }
      return false;
    }

    /**
     * @param child the whole path of something directly in this one
     */
    public Verdict of(String child) {
      List<PathPattern> patterns = file.patterns;
      if (patterns.isEmpty()) {
        return this;
      }
      boolean[] matches = new boolean[patterns.size()];
      boolean childIgnored = false;
      for (int i = 0; i < matches.length; i++) {
        PathPattern pattern = patterns.get(i);
        // A line can only change the verdict in its own direction.
        boolean match =
            matched[i] || (pattern.isException() == childIgnored && pattern.matches(child));
        if (match) {
          matches[i] = true;
          childIgnored = !pattern.isException();
        }
      }
      return new Verdict(file, child, matches, childIgnored);
    }
  }
}
