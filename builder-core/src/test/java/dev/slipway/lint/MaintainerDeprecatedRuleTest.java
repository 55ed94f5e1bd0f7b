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
  void quotesOfTheAuthorAreEscapedInTheLabel() {
    assertThat(Lint.diagnostics(Lint.inputs(), "FROM a", "MAINTAINER \"me\" $1").get(0).hint())
        .startsWith("write LABEL org.opencontainers.image.authors=\"\\\"me\\\" \\$1\";");
  }

  @Test
  void aLabelIsFine() {
    assertThat(Lint.findings("FROM a", "LABEL org.opencontainers.image.authors=me")).isEmpty();
  }
}
