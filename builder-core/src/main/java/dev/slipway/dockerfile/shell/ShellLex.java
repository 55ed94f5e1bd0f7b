package dev.slipway.dockerfile.shell;

import java.util.List;
import java.util.Set;

/**
 * Expands words the way the Dockerfile language does: a part of what a POSIX shell would do. The
 * forms are {@code $x ${x}}, {@code ${x:-w} ${x-w} ${x:+w} ${x+w} ${x:?w} ${x?w}}, {@code ${x#p}
 * ${x##p} ${x%p} ${x%%p}} and {@code ${x/p/r} ${x//p/r}}; patterns know {@code *} and {@code ?}.
 * Immutable.
 */
public final class ShellLex {
  final char escape;
  final boolean keepQuotes;
  final boolean keepEscapes;
  final boolean ignoreQuotes;
  final boolean keepUnset;

  /**
   * @param escape {@code \\} or a backquote
   */
  public ShellLex(char escape) {
    this(escape, false, false, false, false);
  }

  private ShellLex(
      char escape,
      boolean keepQuotes,
      boolean keepEscapes,
      boolean ignoreQuotes,
      boolean keepUnset) {
    this.escape = escape;
    this.keepQuotes = keepQuotes;
    this.keepEscapes = keepEscapes;
    this.ignoreQuotes = ignoreQuotes;
    this.keepUnset = keepUnset;
  }

  /** For the content of here-documents: a backslash escapes, quotes are ordinary characters. */
  public static ShellLex forDocuments() {
    return new ShellLex('\\', false, false, true, false);
  }

  /** The same, with quotes left in the result. */
  public ShellLex keepingQuotes() {
    return new ShellLex(escape, true, keepEscapes, ignoreQuotes, keepUnset);
  }

  /** The same, with escape characters left in the result. */
  public ShellLex keepingEscapes() {
    return new ShellLex(escape, keepQuotes, true, ignoreQuotes, keepUnset);
  }

  /** The same, with variables that are not set left as they are written. */
  public ShellLex keepingUnset() {
    return new ShellLex(escape, keepQuotes, keepEscapes, ignoreQuotes, true);
  }

  /**
   * Expands {@code word}: variables replaced, quotes removed.
   *
   * @throws ExpansionException if it has a quote or brace that is not closed, a modifier that the
   *     language lacks, or a {@code ${x:?message}} whose variable is missing
   */
  public Expansion expand(String word, Variables variables) {
    if (isPlain(word)) {
      return new Expansion(word, word.isEmpty() ? List.of() : List.of(word), Set.of(), Set.of());
    }
    return new WordScanner(this, word, variables).expand();
  }

  private boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '$' || c == '\'' || c == '"' || c == '<' || c == escape || Blanks.isBlank(c)) {
        return false;
      }
    }
    return true;
  }
}
