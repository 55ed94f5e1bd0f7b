package dev.slipway.tree.glob;

import java.util.Arrays;
import java.util.List;

/**
 * A pattern with wildcards. It is run as an automaton over a path, all alternatives at once: state
 * i means that the tokens before i have matched. So no pattern, a hostile {@code *a*a*a*a*b} too,
 * takes more than (its length × the path's length) steps.
 */
public final class Glob {
  /** What {@code **} means. */
  public enum Stars {
    /** The same as {@code *}, which matches no slash: Go's {@code filepath.Match}. */
    WITHIN_A_NAME,
    /** Any number of directories: Moby's {@code patternmatcher}. */
    ACROSS_NAMES
  }

  private final GlobToken[] tokens;

  Glob(List<GlobToken> tokens) {
    this.tokens = tokens.toArray(GlobToken[]::new);
  }

  /**
   * @throws IllegalArgumentException for a pattern that {@code filepath.Match} calls malformed, or
   *     with a range as {@code [z-a]}, which nothing can match; the message says what is wrong
   */
  public static Glob compile(String pattern, Stars stars) {
    return new Glob(GlobToken.parse(pattern, stars));
  }

  /** Whether a source path must be matched rather than looked up. */
  public static boolean hasWildcards(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** What every match starts with. */
  String literalPrefix() {
    StringBuilder text = new StringBuilder();
    for (GlobToken token : tokens) {
      if (!(token instanceof GlobToken.Literal literal)) {
        break;
      }
      text.appendCodePoint(literal.codePoint());
    }
    return text.toString();
  }

  /** What every match ends with. */
  String literalSuffix() {
    int start = tokens.length;
    while (start > 0 && tokens[start - 1] instanceof GlobToken.Literal) {
      start--;
    }
    StringBuilder text = new StringBuilder();
    for (int i = start; i < tokens.length; i++) {
      text.appendCodePoint(((GlobToken.Literal) tokens[i]).codePoint());
    }
    return text.toString();
  }

  /**
   * @param path in the form of {@link PathText}
   */
  public boolean matches(String path) {
    boolean[] states = new boolean[tokens.length + 1];
    boolean[] next = new boolean[tokens.length + 1];
    states[0] = true;
    skipEmpty(states);
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      if (!step(states, next, c)) {
        return false;
      }
      boolean[] spent = states;
      states = next;
      next = spent;
      Arrays.fill(next, false);
    }
    return states[tokens.length];
  }

  /** Whether any state is left after {@code c}. */
  private boolean step(boolean[] from, boolean[] to, int c) {
    boolean alive = false;
    for (int i = 0; i < tokens.length; i++) {
      if (!from[i]) {
        continue;
      }
      GlobToken token = tokens[i];
      boolean stay = false;
      boolean go = false;
      if (token instanceof GlobToken.Literal literal) {
        go = literal.codePoint() == c;
      } else if (token instanceof GlobToken.Within) {
        stay = c != '/';
      } else if (token instanceof GlobToken.Across) {
        stay = c != '\n';
      } else if (token instanceof GlobToken.Directories) {
        stay = c != '\n';
        go = c == '/';
      } else if (token instanceof GlobToken.AnyCharacter) {
        go = c != '/';
      } else if (token instanceof GlobToken.CharacterClass characters) {
        go = characters.contains(c);
      }
      to[i] |= stay;
      to[i + 1] |= go;
      alive |= stay | go;
    }
    skipEmpty(to);
    return alive;
  }

  /** Adds the states that are reached without a character. */
  private void skipEmpty(boolean[] states) {
    for (int i = 0; i < tokens.length; i++) {
      if (states[i]) {
        if (tokens[i] instanceof GlobToken.Within || tokens[i] instanceof GlobToken.Across) {
          states[i + 1] = true;
        } else if (tokens[i] instanceof GlobToken.MaybeDirectories) {
          states[i + 1] = true;
          states[i + 2] = true;
        }
      }
    }
  }
}
