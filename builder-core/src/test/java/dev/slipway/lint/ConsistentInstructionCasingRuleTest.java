package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsistentInstructionCasingRuleTest {
  @Test
  void theMinorityIsFound() {
    assertThat(Lint.findings("FROM a", "copy x y", "RUN z"))
        .containsExactly(
            "2 ConsistentInstructionCasing: Command 'copy' should match the case of the command majority (uppercase)");
  }

  @Test
  void mixedCaseIsFound() {
    assertThat(Lint.findings("from a", "Run z"))
        .containsExactly(
            "2 ConsistentInstructionCasing: Command 'Run' should match the case of the command majority (lowercase)");
  }

  @Test
  void aTieGoesToUppercase() {
    assertThat(Lint.findings("FROM a", "run z"))
        .containsExactly(
            "2 ConsistentInstructionCasing: Command 'run' should match the case of the command majority (uppercase)");
  }

  @Test
  void allLowercaseIsFine() {
    assertThat(Lint.findings("from a", "run z")).isEmpty();
  }
}
