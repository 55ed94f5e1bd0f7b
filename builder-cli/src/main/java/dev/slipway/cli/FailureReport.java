package dev.slipway.cli;

import dev.slipway.cli.progress.FailedTask;
import java.util.List;

/** What is said when a build stops. */
final class FailureReport {
  private static final String RULE = "------\n";

  private FailureReport() {}

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
