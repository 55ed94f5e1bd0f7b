package dev.slipway.lint;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.Dockerfile;

/** An instruction should have no empty line inside. The parser is who sees it. */
final class NoEmptyContinuationRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    for (Diagnostic warning : file.warnings()) {
      if (LintRule.NO_EMPTY_CONTINUATION.code().equals(warning.code())) {
        findings.report(
            LintRule.NO_EMPTY_CONTINUATION,
            warning.span(),
            warning.message(),
            "remove the empty line above, or make it a comment");
      }
    }
  }
}
