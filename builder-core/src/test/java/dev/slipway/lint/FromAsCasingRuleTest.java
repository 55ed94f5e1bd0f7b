package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FromAsCasingRuleTest {
  @Test
  void asInAnotherCaseIsFound() {
    assertThat(Lint.findings("FROM a as b"))
        .containsExactly("1 FromAsCasing: 'as' and 'FROM' keywords' casing do not match");
  }

  @Test
  void upperAfterLowerIsFound() {
    assertThat(Lint.findings("from a AS b"))
        .containsExactly("1 FromAsCasing: 'AS' and 'from' keywords' casing do not match");
  }

  @Test
  void equalCaseIsFine() {
    assertThat(Lint.findings("FROM a AS b", "FROM c AS d")).isEmpty();
  }

  @Test
  void aMixedFromIsAnotherRulesBusiness() {
    assertThat(Lint.findings("# check=skip=ConsistentInstructionCasing", "From a as b")).isEmpty();
  }
}
