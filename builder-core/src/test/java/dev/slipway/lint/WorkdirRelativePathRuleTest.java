package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkdirRelativePathRuleTest {
  @Test
  void aFirstRelativePathIsFound() {
    assertThat(Lint.findings("FROM a", "WORKDIR app/"))
        .containsExactly(
            "2 WorkdirRelativePath: Relative workdir \"app/\" can have unexpected results if the base image changes");
  }

  @Test
  void onlyTheFirstIsFound() {
    assertThat(Lint.findings("FROM a", "WORKDIR app", "WORKDIR sub"))
        .containsExactly(
            "2 WorkdirRelativePath: Relative workdir \"app\" can have unexpected results if the base image changes");
  }

  @Test
  void afterAnAbsolutePathItIsFine() {
    assertThat(Lint.findings("FROM a AS x", "WORKDIR /app", "FROM x", "WORKDIR sub")).isEmpty();
  }

  @Test
  void variablesAreExpanded() {
    assertThat(Lint.findings("FROM a", "ARG dir=/srv", "WORKDIR $dir")).isEmpty();
  }
}
