package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;

/**
 * A word as written: quotes, escapes and variables are still in it.
 *
 * @param text the word with line continuations taken out
 * @param span where it stands; over a line continuation it covers both parts
 */
public record Word(String text, SourceSpan span) {
  @Override
  public String toString() {
    return text;
  }
}
