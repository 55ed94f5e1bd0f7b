package dev.slipway.lint;

import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.oci.Platform;

/** The base image should be for the platform that the stage is built for. */
final class InvalidBaseImagePlatformRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    BaseImageFacts base = stage.base();
    if (!(expanded.instruction() instanceof FromInstruction from) || base == null) {
      return;
    }
    Platform actual = base.platform();
    Platform expected = base.expectedPlatform();
    if (!actual.os().equals(expected.os())
        || !actual.architecture().equals(expected.architecture())) {
      findings.report(
          LintRule.INVALID_BASE_IMAGE_PLATFORM,
          from,
          from.base(),
          "Base image "
              + expanded.value(from.base())
              + " was pulled with platform \""
              + actual.format()
              + "\", expected \""
              + expected.format()
              + "\" for current build",
          "use an image for " + expected.format() + ", or --platform=" + actual.format());
    }
  }
}
