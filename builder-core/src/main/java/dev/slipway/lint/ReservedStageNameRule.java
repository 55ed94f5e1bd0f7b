package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;

/** {@code scratch} and {@code context} mean something else. */
final class ReservedStageNameRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    for (Stage stage : file.stages()) {
      if ("scratch".equals(stage.name()) || "context".equals(stage.name())) {
        findings.report(
            LintRule.RESERVED_STAGE_NAME,
            stage.from(),
            stage.from().name(),
            "Stage name should not use the same name as reserved stage \"" + stage.name() + "\"",
            "give it another name");
      }
    }
  }
}
