package dev.slipway.parse;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.dockerfile.Dockerfile;
import java.util.ArrayList;
import java.util.List;

/**
 * What could be read of a text, and what could not.
 *
 * @param dockerfile without the instructions that have errors; it may have no stage
 * @param errors in the order of the text; the Dockerfile can be built only if there are none
 */
public record ParseResult(Dockerfile dockerfile, List<Diagnostic> errors) {
  public ParseResult {
    errors = List.copyOf(errors);
  }

  /**
   * The Dockerfile.
   *
   * @throws DiagnosticsException with errors and warnings, if there are errors
   */
  public Dockerfile orThrow() {
    if (errors.isEmpty()) {
      return dockerfile;
    }
    List<Diagnostic> all = new ArrayList<>(errors);
    all.addAll(dockerfile.warnings());
    all.sort((a, b) -> Integer.compare(start(a), start(b)));
    throw new DiagnosticsException(all);
  }

  private static int start(Diagnostic diagnostic) {
    return diagnostic.span() == null ? 0 : diagnostic.span().start();
  }
}
