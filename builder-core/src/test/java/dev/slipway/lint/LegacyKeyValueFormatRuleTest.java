package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LegacyKeyValueFormatRuleTest {
  @Test
  void bothInstructionsAreFound() {
    assertThat(Lint.findings("FROM a", "ENV k v", "LABEL k v w"))
        .containsExactly(
            "2 LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key value\" format",
            "3 LegacyKeyValueFormat: \"LABEL key=value\" should be used instead of legacy \"LABEL key value\" format");
  }

  @Test
  void theEqualsSignIsFine() {
    assertThat(Lint.findings("FROM a", "ENV k=v")).isEmpty();
  }
}
