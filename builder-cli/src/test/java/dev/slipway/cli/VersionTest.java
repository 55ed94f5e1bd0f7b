package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void theVersionIsThePoms() {
    assertThat(Version.NUMBER).isEqualTo(System.getProperty("slipway.version"));
  }
}
