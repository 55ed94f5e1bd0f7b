package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaintainerDeprecatedRuleTest {
  @Test
  void maintainerIsFound() {
    assertThat(Lint.findings("FROM a", "MAINTAINER me"))
        .containsExactly(
            "2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label");
  }

  @Test
  void aLabelIsFine() {
    assertThat(Lint.findings("FROM a", "LABEL org.opencontainers.image.authors=me")).isEmpty();
  }
}
