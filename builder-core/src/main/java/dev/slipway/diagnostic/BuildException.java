package dev.slipway.diagnostic;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A build cannot go on, for a reason outside this program: what the user wrote, or what the world
 * refused. Each package that can fail has one subclass. A mistake of this program is never one of
 * these. The message is one line in lower case with secrets left out.
 */
public class BuildException extends RuntimeException {
  private final transient @Nullable SourceSpan span;
  private final @Nullable String hint;

  public BuildException(String message) {
    this(message, null, null, null);
  }

  public BuildException(String message, @Nullable Throwable cause) {
    this(message, null, null, cause);
  }

  /**
   * @param span the place in the user's text that asked for what failed
   * @param hint what to do about it
   */
  public BuildException(
      String message, @Nullable SourceSpan span, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.span = span;
    this.hint = hint;
  }

  public @Nullable SourceSpan span() {
    return span;
  }

  public @Nullable String hint() {
    return hint;
  }

  /** As an error diagnostic, for printing. */
  public Diagnostic toDiagnostic() {
    return Diagnostic.error(String.valueOf(getMessage()), span).withHint(hint);
  }

  /** All that it tells, at least one: of a Dockerfile with several errors each of them. */
  public List<Diagnostic> diagnostics() {
    return List.of(toDiagnostic());
  }

  /** {@link #diagnostics} as they are printed, one below the other. */
  public String render() {
    return diagnostics().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
  }
}
