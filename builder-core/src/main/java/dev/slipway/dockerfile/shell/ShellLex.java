package dev.slipway.dockerfile.shell;

/**
 * Expands words the way the Dockerfile language does: a part of what a POSIX shell would do.
 * Immutable.
 */
public final class ShellLex {
  private final char escape;

  /**
   * @param escape {@code \\} or a backquote
   */
  public ShellLex(char escape) {
    this.escape = escape;
  }

  /**
   * Expands {@code word}: variables replaced, quotes removed.
   *
   * @throws ExpansionException if it has a quote or brace that is not closed, a modifier that the
   *     language lacks, or a {@code ${x:?message}} whose variable is missing
   */
  public Expansion expand(String word, Variables variables) {
    throw new UnsupportedOperationException(word + variables + escape);
  }

  /** {@link #expand} with only variables replaced: quotes and escapes stay as written. */
  public Expansion expandKeepingQuotes(String word, Variables variables) {
    throw new UnsupportedOperationException(word + variables);
  }
}
