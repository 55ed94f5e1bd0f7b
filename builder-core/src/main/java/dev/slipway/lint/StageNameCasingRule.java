package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import java.util.Locale;

/** Stage names should be lowercase. */
final class StageNameCasingRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    for (Stage stage : file.stages()) {
      Word name = stage.from().name();
      if (name != null && !name.text().equals(stage.name())) {
        findings.report(
            LintRule.STAGE_NAME_CASING,
            stage.from(),
            name,
            "Stage name '" + name.text() + "' should be lowercase",
            "write " + name.text().toLowerCase(Locale.ROOT));
      }
    }
  }
}
