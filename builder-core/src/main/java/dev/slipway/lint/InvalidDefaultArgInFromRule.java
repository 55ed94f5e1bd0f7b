package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;

/** FROM should name an image even where no build argument is given. */
final class InvalidDefaultArgInFromRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    GlobalArguments defaults = GlobalArguments.withDefaults(file, inputs);
    for (Stage stage : file.stages()) {
      Word base = stage.from().base();
      Expansion expansion = defaults.expand(base.text());
      if (expansion == null) {
        return; // the build will say so
      }
      String name = expansion.value();
      if (name.isEmpty() || !inputs.validReference().test(name)) {
        findings.report(
            LintRule.INVALID_DEFAULT_ARG_IN_FROM,
            stage.from(),
            base,
            "Default value for ARG " + base.text() + " results in empty or invalid base image name",
            "give the argument a default value");
      }
    }
  }
}
