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
  void whatAShellWouldReadIsNotSuggestedAsItStands() {
    assertThat(hint("CMD run  it")).startsWith("write CMD [\"run\", \"it\"];");
    assertThat(hint("CMD echo \"a b\"")).startsWith("write CMD [\"program\", \"argument\"];");
    assertThat(hint("CMD run > log && stop")).startsWith("write CMD [\"program\", \"argument\"];");
    assertThat(hint("CMD run C:\\new")).startsWith("write CMD [\"program\", \"argument\"];");
    assertThat(hint("CMD run $HOME")).startsWith("write CMD [\"program\", \"argument\"];");
  }

  private static String hint(String line) {
    return Lint.diagnostics(Lint.inputs(), "FROM a", line).get(0).hint();
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
