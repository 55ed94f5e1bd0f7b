package dev.slipway.cli;

import dev.slipway.cli.progress.FailedTask;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import java.util.List;

/** What is said when a build stops. */
final class FailureReport {
  private static final String RULE = "------\n";

  private FailureReport() {}

  /** All that is wrong, each with its place. */
  static List<Diagnostic> diagnostics(BuildException failure) {
    return failure instanceof DiagnosticsException several
        ? several.diagnostics()
        : List.of(failure.toDiagnostic());
  }

  static String text(BuildException failure) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics(failure)) {
      text.append(text.length() == 0 ? "" : "\n").append(diagnostic.render());
    }
    return text.toString();
  }

  /** The last lines of the steps that failed, between rules; ends with a line break. */
  static String lastOutput(List<FailedTask> failures) {
    StringBuilder text = new StringBuilder();
    for (FailedTask failure : failures) {
      if (!failure.lastLines().isEmpty()) {
        text.append(RULE).append(" > ").append(failure.label()).append(":\n");
        for (String line : failure.lastLines()) {
          text.append(line).append('\n');
        }
      }
    }
    return text.length() == 0 ? "" : text.append(RULE).toString();
  }
}
