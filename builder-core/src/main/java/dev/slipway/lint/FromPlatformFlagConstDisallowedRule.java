package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import org.jspecify.annotations.Nullable;

/** A constant platform should show in the stage's name, or not be constant. */
final class FromPlatformFlagConstDisallowedRule implements Rule {
  private static final Platform HOST = new Platform("linux", "amd64");

  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    GlobalArguments arguments = GlobalArguments.of(file, inputs);
    for (Stage stage : file.stages()) {
      Word word = stage.from().platform();
      Expansion expansion = word == null ? null : arguments.expand(word.text());
      if (expansion == null || !expansion.used().isEmpty() || !expansion.unmatched().isEmpty()) {
        continue;
      }
      Platform platform = platform(expansion.value());
      String name = stage.name() == null ? "" : stage.name();
      if (platform != null
          && !name.contains(platform.os())
          && !name.contains(platform.architecture())) {
        findings.report(
            LintRule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
            stage.from(),
            word,
            "FROM --platform flag should not use constant value \"" + expansion.value() + "\"",
            "use $BUILDPLATFORM, or name the platform in the stage's name");
      }
    }
  }

  private static @Nullable Platform platform(String text) {
    try {
      return Platform.parse(text, HOST);
    } catch (OciException e) {
      return null; // the build will say so
    }
  }
}
