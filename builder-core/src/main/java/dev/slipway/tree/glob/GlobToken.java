package dev.slipway.tree.glob;

import dev.slipway.tree.glob.Glob.Stars;
import java.util.ArrayList;
import java.util.List;

/** A piece of a pattern that matches part of a path. */
sealed interface GlobToken {

  /** One character as it stands. */
  record Literal(int codePoint, boolean escaped) implements GlobToken {}

  /** {@code ?}: one character that is no slash. */
  record AnyCharacter() implements GlobToken {}

  /** {@code *}: any number of characters that are no slash. */
  record Within() implements GlobToken {}

  /** {@code **} at the end: any number of characters but line feeds. */
  record Across() implements GlobToken {}

  /** {@code **} before something else: {@link Directories} follows, or both are left out. */
  record MaybeDirectories() implements GlobToken {}

  /** Any number of characters but line feeds, the last of them a slash. */
  record Directories() implements GlobToken {}

  /**
   * {@code [a-z]}: one character in, or not in, the ranges; a slash has no special place here.
   *
   * @param bounds first and last code point of each range in turn
   */
  record CharacterClass(boolean negated, List<Integer> bounds) implements GlobToken {
    boolean contains(int codePoint) {
      for (int i = 0; i < bounds.size(); i += 2) {
        if (bounds.get(i) <= codePoint && codePoint <= bounds.get(i + 1)) {
          return !negated;
        }
      }
      return negated;
    }
  }

  /**
   * @throws IllegalArgumentException for an unfinished class or escape, or an empty range
   */
  static List<GlobToken> parse(String pattern, Stars stars) {
    return new Parser(pattern, stars).parse();
  }

  /** Reads a pattern from left to right. */
  final class Parser {
    private final String pattern;
    private final Stars stars;
    private int position;

    private Parser(String pattern, Stars stars) {
      this.pattern = pattern;
      this.stars = stars;
    }

    private List<GlobToken> parse() {
      List<GlobToken> tokens = new ArrayList<>(pattern.length());
      while (position < pattern.length()) {
        int c = next();
        switch (c) {
          case '*' -> star(tokens);
          case '?' -> tokens.add(new AnyCharacter());
          case '[' -> tokens.add(characterClass());
          case '\\' -> tokens.add(new Literal(escaped(), true));
          default -> tokens.add(new Literal(c, false));
        }
      }
      return tokens;
    }

    private void star(List<GlobToken> tokens) {
      if (stars == Stars.WITHIN_A_NAME || !at('*')) {
        tokens.add(new Within());
        return;
      }
      position++;
      if (at('/')) {
        position++;
      }
      if (position == pattern.length()) {
        tokens.add(new Across());
      } else {
        tokens.add(new MaybeDirectories());
        tokens.add(new Directories());
      }
    }

    private CharacterClass characterClass() {
      boolean negated = at('^');
      if (negated) {
        position++;
      }
      List<Integer> bounds = new ArrayList<>();
      while (bounds.isEmpty() || !at(']')) {
        NamedClass.Found named =
            stars == Stars.ACROSS_NAMES ? NamedClass.at(pattern, position) : null;
        if (named != null) {
          bounds.addAll(named.bounds());
          position = named.end();
          if (position == pattern.length()) {
            throw new IllegalArgumentException("a [ without its ]");
          }
          continue;
        }
        int low = classMember();
        int high = low;
        if (at('-')) {
          position++;
          high = classMember();
          if (high < low) {
            throw new IllegalArgumentException(
                "a character class whose range '"
                    + Character.toString(low)
                    + "-"
                    + Character.toString(high)
                    + "' is empty");
          }
        }
        bounds.add(low);
        bounds.add(high);
      }
      position++;
      return new CharacterClass(negated, List.copyOf(bounds));
    }

    private int classMember() {
      if (position == pattern.length()) {
        throw new IllegalArgumentException("a [ without its ]");
      }
      if (at('-') || at(']')) {
        throw new IllegalArgumentException(
            "a character class with a '"
                + pattern.charAt(position)
                + "' where a character must be");
      }
      int c = next();
      int member = c == '\\' ? escaped() : c;
      if (position == pattern.length()) {
        throw new IllegalArgumentException("a [ without its ]");
      }
      return member;
    }

    private int escaped() {
      if (position == pattern.length()) {
        throw new IllegalArgumentException("a \\ at its end that escapes nothing");
      }
      return next();
    }

    private boolean at(char c) {
      return position < pattern.length() && pattern.charAt(position) == c;
    }

    private int next() {
      int c = pattern.codePointAt(position);
      position += Character.charCount(c);
      return c;
    }
  }
}
