package dev.slipway.tree.copy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern with wildcards, run as an automaton with all alternatives at once, so that no pattern
 * takes more than (its length × the path's length) steps. Names are compared as UTF-8 text.
 */
final class Glob {
  /** Whether {@code **} is more than {@code *}. */
  enum Stars {
    /** Go's {@code filepath.Match}: no star matches a slash. */
    WITHIN_A_NAME,
    /** Moby's patternmatcher: two stars match any number of directories. */
    ACROSS_NAMES
  }

  private enum Kind {
    CHARACTER,
    ANY_BUT_SLASH,
    STAR,
    CLASS,
    /** Any number of whole directories, or nothing. */
    DIRECTORIES,
    EVERYTHING
  }

  /**
   * @param bounds of a class: first and last code point of each range in turn
   */
  private record Token(Kind kind, int character, boolean negated, int[] bounds) {
    static Token of(Kind kind) {
      return new Token(kind, 0, false, new int[0]);
    }

    static Token of(int character) {
      return new Token(Kind.CHARACTER, character, false, new int[0]);
    }

    boolean accepts(int c) {
      return switch (kind) {
        case CHARACTER -> c == character;
        case ANY_BUT_SLASH, STAR -> c != '/';
        case CLASS -> inBounds(c) != negated;
        case DIRECTORIES, EVERYTHING -> true;
      };
    }

    private boolean inBounds(int c) {
      for (int i = 0; i < bounds.length; i += 2) {
        if (bounds[i] <= c && c <= bounds[i + 1]) {
          return true;
        }
      }
      return false;
    }

    boolean repeats() {
      return kind == Kind.STAR || kind == Kind.DIRECTORIES || kind == Kind.EVERYTHING;
    }
  }

  private final Token[] tokens;

  private Glob(List<Token> tokens) {
    this.tokens = tokens.toArray(new Token[0]);
  }

  /**
   * @throws CopyException for an unfinished class or escape
   */
  static Glob compile(String pattern, Stars stars) {
    return new Glob(new Parser(pattern, stars).parse());
  }

  /** Whether a source path must be matched rather than looked up. */
  static boolean hasWildcards(String text) {
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

  boolean matches(byte[] name) {
    return matches(new String(name, StandardCharsets.UTF_8));
  }

  boolean matches(String path) {
    boolean[] states = new boolean[tokens.length + 1];
    boolean[] next = new boolean[tokens.length + 1];
    // Inside DIRECTORIES: it may only be left behind a slash.
    boolean[] inside = new boolean[tokens.length + 1];
    boolean[] nextInside = new boolean[tokens.length + 1];
    enter(states, 0);
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      for (int at = 0; at < tokens.length; at++) {
        if (states[at] || inside[at]) {
          step(tokens[at], at, c, next, nextInside);
        }
      }
      boolean[] spent = states;
      states = next;
      next = spent;
      spent = inside;
      inside = nextInside;
      nextInside = spent;
      Arrays.fill(next, false);
      Arrays.fill(nextInside, false);
    }
    return states[tokens.length];
  }

  private void step(Token token, int at, int c, boolean[] next, boolean[] nextInside) {
    if (!token.accepts(c)) {
      return;
    }
    if (token.kind() == Kind.DIRECTORIES) {
      nextInside[at] = true;
      if (c == '/') {
        enter(next, at + 1);
      }
    } else if (token.repeats()) {
      enter(next, at);
    } else {
      enter(next, at + 1);
    }
  }

  /** Adds a state and those that are reached from it without a character. */
  private void enter(boolean[] states, int state) {
    int at = state;
    states[at] = true;
    while (at < tokens.length && tokens[at].repeats()) {
      states[++at] = true;
    }
  }

  /** Reads a pattern from left to right. */
  private static final class Parser {
    private final String pattern;
    private final Stars stars;
    private int at;

    Parser(String pattern, Stars stars) {
      this.pattern = pattern;
      this.stars = stars;
    }

    List<Token> parse() {
      List<Token> tokens = new ArrayList<>();
      while (at < pattern.length()) {
        int c = next();
        switch (c) {
          case '*' -> tokens.add(star());
          case '?' -> tokens.add(Token.of(Kind.ANY_BUT_SLASH));
          case '[' -> tokens.add(characterClass());
          case '\\' -> tokens.add(Token.of(escaped()));
          default -> tokens.add(Token.of(c));
        }
      }
      return tokens;
    }

    private Token star() {
      if (stars == Stars.WITHIN_A_NAME || !isAt('*')) {
        return Token.of(Kind.STAR);
      }
      at++;
      if (isAt('/')) {
        at++;
      }
      return Token.of(at == pattern.length() ? Kind.EVERYTHING : Kind.DIRECTORIES);
    }

    private Token characterClass() {
      boolean negated = isAt('^');
      if (negated) {
        at++;
      }
      List<Integer> bounds = new ArrayList<>();
      while (bounds.isEmpty() || !isAt(']')) {
        int low = classMember();
        int high = low;
        if (isAt('-')) {
          at++;
          high = classMember();
        }
        bounds.add(low);
        bounds.add(high);
      }
      at++;
      int[] flat = bounds.stream().mapToInt(Integer::intValue).toArray();
      return new Token(Kind.CLASS, 0, negated, flat);
    }

    private int classMember() {
      if (at == pattern.length() || isAt('-') || isAt(']')) {
        throw malformed();
      }
      int c = next();
      int member = c == '\\' ? escaped() : c;
      if (at == pattern.length()) {
        throw malformed();
      }
      return member;
    }

    private int escaped() {
      if (at == pattern.length()) {
        throw malformed();
      }
      return next();
    }

    private boolean isAt(char c) {
      return at < pattern.length() && pattern.charAt(at) == c;
    }

    private int next() {
      int c = pattern.codePointAt(at);
      at += Character.charCount(c);
      return c;
    }

    private CopyException malformed() {
      return new CopyException(
          "malformed pattern \"" + pattern + "\"",
          "a [ must have its ], and a \\ something to escape");
    }
  }
}
