package dev.slipway.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/** All that one step found wrong with the user's text; thrown once, at the step's end. */
public final class DiagnosticsException extends BuildException {
  private final transient List<Diagnostic> diagnostics;

  /**
   * @param diagnostics in the order of the text, at least one of them an error; warnings that were
   *     found before it may stand among them
   */
  public DiagnosticsException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  @Override
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
