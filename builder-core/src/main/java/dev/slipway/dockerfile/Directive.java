package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;

/**
 * A parser directive, as {@code # escape=`}.
 *
 * @param value without surrounding blanks
 */
public record Directive(Name name, String value, SourceSpan span) {

  /** The directives that there are. */
  public enum Name {
    SYNTAX,
    ESCAPE,
    CHECK
  }
}
