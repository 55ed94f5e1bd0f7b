package dev.slipway.session.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.StepOptions;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.sandbox.ProcessSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedHostsTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::1, ::1",
    "fe80::1:2, fe80::1:2",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "host-gateway, 127.0.0.1"
  })
  void addressesAreShownAsGiven(String address, String shown) {
    assertThat(RequestedHosts.of(List.of(new StepOptions.HostAddress("h", address))))
        .containsExactly(new ProcessSpec.ExtraHost("h", shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4.",
        ":",
        "1:2",
        "fe80::1%eth0",
        "gateway"
      })
  void whatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(() -> RequestedHosts.of(List.of(new StepOptions.HostAddress("h", address))))
        .isInstanceOf(BuildException.class)
        .hasMessage("invalid address '" + address + "' of host 'h'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n1.2.3.4 evil", "a#b"})
  void whatWouldBeMoreThanANameIsRefused(String name) {
    assertThatThrownBy(
            () -> RequestedHosts.of(List.of(new StepOptions.HostAddress(name, "1.2.3.4"))))
        .hasMessageStartingWith("invalid host name");
  }

  @Test
  void aNameMayHaveSeveralAddresses() {
    assertThat(
            RequestedHosts.of(
                List.of(
                    new StepOptions.HostAddress("h", "1.2.3.4"),
                    new StepOptions.HostAddress("h", "::1"))))
        .hasSize(2);
  }
}
