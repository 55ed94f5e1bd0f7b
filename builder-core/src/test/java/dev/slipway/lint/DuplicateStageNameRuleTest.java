package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DuplicateStageNameRuleTest {
  @Test
  void aSecondUseIsFound() {
    assertThat(Lint.findings("FROM a AS x", "FROM b AS x"))
        .containsExactly(
            "2 DuplicateStageName: Duplicate stage name \"x\", stage names should be unique");
  }

  @Test
  void differentNamesAreFine() {
    assertThat(Lint.findings("FROM a AS x", "FROM b AS y")).isEmpty();
  }
}
