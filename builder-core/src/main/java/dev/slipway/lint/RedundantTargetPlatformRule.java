package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;

/** A stage is for {@code $TARGETPLATFORM} without being told. */
final class RedundantTargetPlatformRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    GlobalArguments arguments = GlobalArguments.of(file, inputs);
    for (Stage stage : file.stages()) {
      Word platform = stage.from().platform();
      Expansion expansion = platform == null ? null : arguments.expand(platform.text());
      if (platform != null
          && expansion != null
          && expansion.unmatched().isEmpty()
          && expansion.used().size() == 1
          && expansion.used().contains("TARGETPLATFORM")
          && expansion.value().equals(arguments.get("TARGETPLATFORM"))) {
        findings.report(
            LintRule.REDUNDANT_TARGET_PLATFORM,
            stage.from(),
            platform,
            "Setting platform to predefined "
                + platform.text()
                + " in FROM is redundant as this is the default behavior",
            "remove --platform");
      }
    }
  }
}
