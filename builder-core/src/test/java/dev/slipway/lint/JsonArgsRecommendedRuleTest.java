package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonArgsRecommendedRuleTest {
  @Test
  void theShellFormIsFound() {
    assertThat(Lint.findings("FROM a", "CMD run it", "ENTRYPOINT x"))
        .containsExactly(
            "2 JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
            "3 JSONArgsRecommended: JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS signals");
  }

  @Test
  void theExecFormIsFine() {
    assertThat(Lint.findings("FROM a", "CMD [\"run\"]")).isEmpty();
  }

  @Test
  void aShellThatWasChosenIsFine() {
    assertThat(
            Lint.findings("FROM a AS x", "SHELL [\"/bin/bash\", \"-c\"]", "FROM x", "CMD run it"))
        .isEmpty();
  }
}
