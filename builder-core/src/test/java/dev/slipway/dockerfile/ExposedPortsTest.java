package dev.slipway.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposedPortsTest {
  @DisplayName("B9-89 ports, ranges, protocols; tcp is the default")
  @ParameterizedTest
  @CsvSource({
    "80, 80, 80, tcp, false",
    "80-82/udp, 80, 82, udp, false",
    "80/, 80, 80, tcp, false",
    "53/UDP, 53, 53, UDP, false",
    "0-65535/sctp, 0, 65535, sctp, false",
    "8080:80, 80, 80, tcp, true",
    "127.0.0.1:8080:80/tcp, 80, 80, tcp, true",
    "127.0.0.1::80, 80, 80, tcp, true",
    "[::1]:8080-8081:80-81, 80, 81, tcp, true",
    "2001:db8::1:8080:80, 80, 80, tcp, true",
    "8000-9000:80, 80, 80, tcp, true",
    ":80, 80, 80, tcp, false",
  })
  void reads(String text, int first, int last, String protocol, boolean mapping) {
    assertThat(ExposedPorts.parse(text))
        .isEqualTo(new ExposedPorts(text, first, last, protocol, mapping));
  }

  @ParameterizedTest
  @CsvSource({
    "'', no port specified",
    "/tcp, no port specified",
    "80/http, invalid proto: http",
    "http, invalid containerPort",
    "65536, invalid containerPort",
    "82-80, invalid containerPort",
    "1-2-3, invalid containerPort",
    "-1, invalid containerPort",
    "x:80, invalid hostPort",
    "300.1.1.1:1:80, invalid IP address",
    "1.2.3:1:80, invalid IP address",
    ":::::1:80, invalid IP address",
    "[x:y]:1:80, invalid IP address",
    "[]:1:80, invalid IP address",
    "1-3:80-81, invalid ranges",
  })
  void refuses(String text, String message) {
    assertThatThrownBy(() -> ExposedPorts.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
