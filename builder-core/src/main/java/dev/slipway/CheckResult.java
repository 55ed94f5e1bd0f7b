package dev.slipway;

import dev.slipway.diagnostic.Diagnostic;
import java.util.List;

/**
 * What a look at a Dockerfile found.
 *
 * @param findings what lint says, in the order of the text; a finding's code is the name of a
 *     {@link dev.slipway.lint.LintRule}
 * @param errors what a build would stop at; what stands behind it may not have been looked at
 */
public record CheckResult(List<Diagnostic> findings, List<Diagnostic> errors) {
  public CheckResult {
    findings = List.copyOf(findings);
    errors = List.copyOf(errors);
  }

  /** Whether there is nothing to say. */
  public boolean isClean() {
    return findings.isEmpty() && errors.isEmpty();
  }
}
