package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoEmptyContinuationRuleTest {
  @Test
  void anEmptyLineIsFoundOnTheInstructionsLastLine() {
    assertThat(Lint.findings("FROM a", "RUN x && \\", "", "  y"))
        .containsExactly("4 NoEmptyContinuation: Empty continuation line");
  }

  @Test
  void aCommentInsideIsFine() {
    assertThat(Lint.findings("FROM a", "RUN x && \\", "# c", "  y")).isEmpty();
  }
}
