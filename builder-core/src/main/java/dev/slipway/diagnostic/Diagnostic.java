package dev.slipway.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * One finding about what the user wrote.
 *
 * @param message lower case, no full stop, the input quoted
 * @param span where, or null where it is about no place in a text
 * @param hint what to do about it
 * @param code the name of the rule that found it, as {@code StageNameCasing}
 */
public record Diagnostic(
    Severity severity,
    String message,
    @Nullable SourceSpan span,
    @Nullable String hint,
    @Nullable String code) {

  public static Diagnostic error(String message, @Nullable SourceSpan span) {
    return new Diagnostic(Severity.ERROR, message, span, null, null);
  }

  public static Diagnostic warning(String message, @Nullable SourceSpan span) {
    return new Diagnostic(Severity.WARNING, message, span, null, null);
  }

  public Diagnostic withHint(@Nullable String newHint) {
    return new Diagnostic(severity, message, span, newHint, code);
  }

  public Diagnostic withCode(String newCode) {
    return new Diagnostic(severity, message, span, hint, newCode);
  }

  public Diagnostic withSeverity(Severity newSeverity) {
    return new Diagnostic(newSeverity, message, span, hint, code);
  }

  /**
   * {@code path:line:column: error: text}, the source line, a caret line, then {@code hint:}; no
   * line break at the end, and nothing that acts upon a terminal.
   */
  public String render() {
    StringBuilder out = new StringBuilder();
    if (span != null) {
      out.append(span.position()).append(": ");
    }
    out.append(severity.label()).append(": ").append(RedactedUrl.everyIn(message));
    if (code != null) {
      out.append(" [").append(code).append(']');
    }
    if (span != null) {
      appendExcerpt(out, span);
    }
    if (hint != null) {
      out.append("\nhint: ").append(hint);
    }
    return VisibleText.of(out.toString());
  }

  /**
   * The source line and a caret line below it, as {@link #render} has them; empty without a place.
   */
  public String excerpt() {
    StringBuilder out = new StringBuilder();
    if (span != null) {
      appendExcerpt(out, span);
      out.deleteCharAt(0);
    }
    return VisibleText.of(out.toString());
  }

  private static final int EXCERPT_LIMIT = 160;

  private static void appendExcerpt(StringBuilder out, SourceSpan span) {
    String line = RedactedUrl.everyInLine(span.file().line(span.line()));
    int column = Math.min(span.column() - 1, line.length());
    int length = Math.max(1, Math.min(span.end() - span.start(), line.length() - column));
    int from =
        column > EXCERPT_LIMIT / 2 && line.length() > EXCERPT_LIMIT
            ? column - EXCERPT_LIMIT / 2
            : 0;
    int to = Math.min(line.length(), from + EXCERPT_LIMIT);
    out.append('\n').append(line, from, to).append('\n');
    for (int i = from; i < column; i++) {
      out.append(line.charAt(i) == '\t' ? '\t' : ' ');
    }
    out.append("^".repeat(Math.max(1, Math.min(length, Math.max(1, to - column)))));
  }

  @Override
  public String toString() {
    return render();
  }
}
