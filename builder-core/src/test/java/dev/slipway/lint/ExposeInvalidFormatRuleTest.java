package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExposeInvalidFormatRuleTest {
  @Test
  void addressesAndHostPortsAreFound() {
    assertThat(Lint.findings("FROM a", "EXPOSE 5000:5000 127.0.0.1:80:80 [::1]:8080:8080 8000"))
        .containsExactly(
            "2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '127.0.0.1:80:80'",
            "2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '5000:5000'",
            "2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '[::1]:8080:8080'");
  }

  @Test
  void portsAreFine() {
    assertThat(Lint.findings("FROM a", "EXPOSE 80 90-95/tcp")).isEmpty();
  }
}
