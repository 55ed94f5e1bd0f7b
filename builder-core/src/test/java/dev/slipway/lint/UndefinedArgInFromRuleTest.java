package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndefinedArgInFromRuleTest {
  @Test
  void anUndeclaredNameIsFound() {
    assertThat(Lint.findings("FROM a:1${version} AS b"))
        .containsExactly("1 UndefinedArgInFrom: FROM argument 'version' is not declared");
  }

  @Test
  void aNearNameIsSuggested() {
    assertThat(Lint.findings("FROM --platform=$BULIDPLATFORM a"))
        .containsExactly(
            "1 UndefinedArgInFrom: FROM argument 'BULIDPLATFORM' is not declared (did you mean BUILDPLATFORM?)");
  }

  @Test
  void declaredAndPredefinedNamesAreFine() {
    assertThat(Lint.findings("ARG v", "FROM --platform=$BUILDPLATFORM a${v}")).isEmpty();
  }
}
