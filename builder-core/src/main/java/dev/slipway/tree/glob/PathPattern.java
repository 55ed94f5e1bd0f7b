package dev.slipway.tree.glob;

import dev.slipway.tree.glob.Glob.Stars;
import java.util.List;

/**
 * A pattern that picks or passes over paths, as a line of {@code .dockerignore} does, matched
 * against whole paths without a leading slash.
 *
 * <p>The rules are those of Go's {@code filepath.Match} with {@code **} added: {@code *} and {@code
 * ?} do not cross a slash, {@code **} does, and {@code **}{@code /} may also match nothing. A
 * literal prefix and suffix are compared first.
 */
public final class PathPattern {
  private enum Kind {
    EXACT,
    PREFIX,
    SUFFIX,
    GENERAL
  }

  private final String text;
  private final boolean exception;
  private final Kind kind;
  private final String prefix;
  private final String suffix;
  private final Glob glob;

  private PathPattern(String text, boolean exception, Kind kind, List<GlobToken> tokens) {
    this.text = text;
    this.exception = exception;
    this.kind = kind;
    this.glob = new Glob(tokens);
    switch (kind) {
      case EXACT -> {
        this.prefix = text;
        this.suffix = "";
      }
      case PREFIX -> {
        this.prefix = text.substring(0, text.length() - 2);
        this.suffix = "";
      }
      case SUFFIX -> {
        this.prefix = "";
        this.suffix = text.substring(2);
      }
      default -> {
        this.prefix = glob.literalPrefix();
        this.suffix = glob.literalSuffix();
      }
    }
  }

  /**
   * @param text cleaned, without a leading {@code !} or slash
   * @param exception whether it stood behind a {@code !}
   * @throws IllegalArgumentException for a pattern that {@code filepath.Match} calls malformed, or
   *     with a range as {@code [z-a]}, which nothing can match; the message says what is wrong
   */
  public static PathPattern compile(String text, boolean exception) {
    List<GlobToken> tokens = GlobToken.parse(text, Stars.ACROSS_NAMES);
    return new PathPattern(text, exception, kindOf(text, tokens), tokens);
  }

  /**
   * The reference implementation treats {@code dir/**} as a prefix and {@code **}{@code /name} as a
   * suffix of the text; both differ from the general rules where the text goes on in the middle of
   * a name, as in {@code **name}.
   */
  private static Kind kindOf(String text, List<GlobToken> tokens) {
    int special = 0;
    boolean plain = true;
    for (GlobToken token : tokens) {
      if (!(token instanceof GlobToken.Literal literal)) {
        special++;
      } else {
        plain &= !literal.escaped();
      }
    }
    if (!plain) {
      return Kind.GENERAL;
    }
    if (special == 0) {
      return Kind.EXACT;
    }
    GlobToken first = tokens.get(0);
    if (special == 1 && tokens.get(tokens.size() - 1) instanceof GlobToken.Across) {
      return Kind.PREFIX;
    }
    if (special == 2 && first instanceof GlobToken.MaybeDirectories) {
      return Kind.SUFFIX;
    }
    return Kind.GENERAL;
  }

  /**
   * @param path in the form of {@link PathText}
   */
  public boolean matches(String path) {
    return switch (kind) {
      case EXACT -> path.equals(text);
      case PREFIX -> path.startsWith(prefix);
      case SUFFIX ->
          path.endsWith(suffix)
              || (suffix.startsWith("/")
                  && path.length() == suffix.length() - 1
                  && suffix.endsWith(path));
      case GENERAL -> path.startsWith(prefix) && path.endsWith(suffix) && glob.matches(path);
    };
  }

  /** Whether it may match something below {@code directory}; says yes when in doubt. */
  public boolean mayMatchBelow(String directory) {
    String literal = kind == Kind.EXACT ? text : prefix;
    if (directory.isEmpty()) {
      return true;
    }
    if (literal.length() <= directory.length()) {
      return kind != Kind.EXACT && directory.startsWith(literal);
    }
    return literal.startsWith(directory) && literal.charAt(directory.length()) == '/';
  }

  /** Whether what it matches is taken back. */
  public boolean isException() {
    return exception;
  }

  @Override
  public String toString() {
    return exception ? "!" + text : text;
  }
}
