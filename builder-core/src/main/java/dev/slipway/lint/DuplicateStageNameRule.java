package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import java.util.HashSet;
import java.util.Set;

/** No two stages should have one name. */
final class DuplicateStageNameRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    Set<String> names = new HashSet<>();
    for (Stage stage : file.stages()) {
      if (stage.name() != null && !names.add(stage.name())) {
        findings.report(
            LintRule.DUPLICATE_STAGE_NAME,
            stage.from(),
            stage.from().name(),
            "Duplicate stage name \"" + stage.name() + "\", stage names should be unique",
            "give one of them another name");
      }
    }
  }
}
