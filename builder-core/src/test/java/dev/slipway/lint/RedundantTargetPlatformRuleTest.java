package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedundantTargetPlatformRuleTest {
  @Test
  void itIsFoundInBothForms() {
    assertThat(
            Lint.findings(
                "FROM --platform=$TARGETPLATFORM a", "FROM --platform=${TARGETPLATFORM} b"))
        .containsExactly(
            "1 RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
            "2 RedundantTargetPlatform: Setting platform to predefined ${TARGETPLATFORM} in FROM is redundant as this is the default behavior");
  }

  @Test
  void otherPlatformsAreFine() {
    assertThat(
            Lint.findings(
                "FROM --platform=$BUILDPLATFORM a", "FROM --platform=$TARGETOS/$TARGETARCH b"))
        .isEmpty();
  }
}
