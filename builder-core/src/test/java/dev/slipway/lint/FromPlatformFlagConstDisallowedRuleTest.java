package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FromPlatformFlagConstDisallowedRuleTest {
  @Test
  void aConstantIsFound() {
    assertThat(Lint.findings("FROM --platform=linux/amd64 a"))
        .containsExactly(
            "1 FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value \"linux/amd64\"");
  }

  @Test
  void aStageThatNamesItIsFine() {
    assertThat(
            Lint.findings(
                "FROM --platform=linux/amd64 a AS build_amd64",
                "FROM --platform=linux/amd64 a AS linux"))
        .isEmpty();
  }
}
