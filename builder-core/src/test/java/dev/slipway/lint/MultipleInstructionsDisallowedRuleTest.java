package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MultipleInstructionsDisallowedRuleTest {
  @Test
  void theEarlierOneIsFound() {
    assertThat(
            Lint.findings(
                "FROM a",
                "CMD [\"a\"]",
                "RUN x",
                "CMD [\"b\"]",
                "ENTRYPOINT [\"a\"]",
                "ENTRYPOINT [\"b\"]",
                "HEALTHCHECK NONE",
                "HEALTHCHECK CMD x"))
        .containsExactly(
            "2 MultipleInstructionsDisallowed: Multiple CMD instructions should not be used in the same stage because only the last one will be used",
            "5 MultipleInstructionsDisallowed: Multiple ENTRYPOINT instructions should not be used in the same stage because only the last one will be used",
            "7 MultipleInstructionsDisallowed: Multiple HEALTHCHECK instructions should not be used in the same stage because only the last one will be used");
  }

  @Test
  void anotherStageIsFine() {
    assertThat(Lint.findings("FROM a AS x", "CMD [\"a\"]", "FROM x", "CMD [\"b\"]")).isEmpty();
  }
}
