package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageNameCasingRuleTest {
  @Test
  void anUppercaseNameIsFound() {
    assertThat(Lint.findings("FROM a AS Build"))
        .containsExactly("1 StageNameCasing: Stage name 'Build' should be lowercase");
  }

  @Test
  void aLowercaseNameIsFine() {
    assertThat(Lint.findings("FROM a AS build-1.x")).isEmpty();
  }
}
