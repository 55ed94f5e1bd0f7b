package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsUsedInArgOrEnvRuleTest {
  @Test
  void wordsThatMeanASecretAreFound() {
    assertThat(Lint.findings("FROM a", "ARG GITHUB_TOKEN", "ENV password=x Api_Key=y"))
        .containsExactly(
            "2 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG \"GITHUB_TOKEN\")",
            "3 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV \"password\")",
            "3 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV \"Api_Key\")");
  }

  @Test
  void harmlessWordsAreFine() {
    assertThat(
            Lint.findings(
                "FROM a",
                "ENV PUBLIC_KEY=x PASSWORD_FILE=y",
                "ARG AUTH_VERSION",
                "ARG MONKEY TOKENS"))
        .isEmpty();
  }
}
