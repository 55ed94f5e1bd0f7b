package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReservedStageNameRuleTest {
  @Test
  void bothReservedNamesAreFound() {
    assertThat(Lint.findings("FROM a AS scratch", "FROM b AS context"))
        .containsExactly(
            "1 ReservedStageName: Stage name should not use the same name as reserved stage \"scratch\"",
            "2 ReservedStageName: Stage name should not use the same name as reserved stage \"context\"");
  }

  @Test
  void scratchAsABaseIsFine() {
    assertThat(Lint.findings("FROM scratch AS x")).isEmpty();
  }
}
