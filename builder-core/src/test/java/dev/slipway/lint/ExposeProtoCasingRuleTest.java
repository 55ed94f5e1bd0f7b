package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExposeProtoCasingRuleTest {
  @Test
  void aProtocolInUppercaseIsFound() {
    assertThat(Lint.findings("FROM a", "EXPOSE 80/TcP 90/udp"))
        .containsExactly(
            "2 ExposeProtoCasing: Defined protocol '80/TcP' in EXPOSE instruction should be lowercase");
  }

  @Test
  void lowercaseIsFine() {
    assertThat(Lint.findings("FROM a", "EXPOSE 80 90/udp")).isEmpty();
  }
}
