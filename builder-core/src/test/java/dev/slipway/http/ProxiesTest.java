package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final String TARGET = "https://registry.example/v2/";

  private static HttpProxy select(String url, Map<String, String> environment) {
    return Proxies.of(environment).select(URI.create(url));
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example:8080, proxy.example, 8080",
    "proxy.example:8080, proxy.example, 8080",
    "http://proxy.example, proxy.example, 80",
    "http://user:p%5Ess@proxy.example:8080/, proxy.example, 8080"
  })
  void aVariableSaysTheProxy(String value, String host, int port) {
    HttpProxy proxy = select(TARGET, Map.of("https_proxy", value));
    assertThat(proxy.host()).isEqualTo(host);
    assertThat(proxy.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, https://registry.example/, true",
    "HTTPS_PROXY, https://registry.example/, true",
    "all_proxy, https://registry.example/, true",
    "ALL_PROXY, http://registry.example/, true",
    "http_proxy, https://registry.example/, false",
    "all_proxy, http://localhost:5000/, false",
    "all_proxy, http://127.0.0.1:5000/, false"
  })
  void aVariableIsForAScheme(String name, String url, boolean used) {
    HttpProxy proxy = select(url, Map.of(name, "http://proxy.example:8080"));
    assertThat(proxy != null).isEqualTo(used);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example, true",
    "'other.test, .EXAMPLE', true",
    "*, true",
    "try.example, false",
    "'', false"
  })
  void hostsCanBeExcluded(String excluded, boolean direct) {
    HttpProxy proxy =
        select(TARGET, Map.of("https_proxy", "proxy.example:1", "no_proxy", excluded));
    assertThat(proxy == null).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://me:s^cret@proxy.example", "http://me:secret@proxy:99999", "http://:80"})
  void aValueThatIsNoAddressIsRefusedWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> select(TARGET, Map.of("https_proxy", value)))
        .isInstanceOf(BuildException.class)
        .hasMessage("the environment variable https_proxy holds no address of a proxy")
        .hasNoCause();
  }

  @Test
  void aUserAndAPasswordAreDecodedAndNeverPrinted() {
    HttpProxy proxy = select(TARGET, Map.of("https_proxy", "http://us%40er:s%3Acret@proxy:1"));
    assertThat(proxy).isEqualTo(new HttpProxy("proxy", 1, "us@er", "s:cret"));
    assertThat(proxy).hasToString("proxy:1");
    assertThat(select(TARGET, Map.of("https_proxy", "http://user@proxy:1")).password()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "socks5h", "https", "SOCKS4"})
  void aProxyOfAnotherKindIsRefusedByName(String kind) {
    assertThatThrownBy(
            () -> select(TARGET, Map.of("ALL_PROXY", kind + "://user:secret@proxy.example:1080")))
        .isInstanceOf(BuildException.class)
        .hasMessage(
            "the environment variable all_proxy names a proxy of the kind \""
                + kind.toLowerCase(Locale.ROOT)
                + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, http://10.255.0.1/, true",
    "10.0.0.0/8, http://11.0.0.1/, false",
    "10.0.0.0/8, http://ten.example/, false",
    "10.128.0.0/9, http://10.127.0.1/, false",
    "10.0.0.0/33, http://10.0.0.1/, false",
    "10.0.0.0/x, http://10.0.0.1/, false",
    "10.0.0.0/8, http://[fd00::1]/, false",
    "fd00::/8, http://[fd00::1]/, true",
    "fd00::1, http://[fd00::1]:5000/, true",
    "[fd00::1]:5000, http://[fd00::1]:5000/, true",
    "[fd00::1]:5000, http://[fd00::1]/, false",
    "10.0.0.1, http://10.0.0.1/, true",
    "0.0.1, http://10.0.0.1/, false",
    "registry.example:5000, http://registry.example:5000/, true",
    "registry.example:5000, http://registry.example/, false",
    "registry.example:80, http://a.registry.example/, true",
    "registry.example, http://REGISTRY.example/, true"
  })
  void addressesRangesAndPortsCanBeExcluded(String excluded, String url, boolean direct) {
    HttpProxy proxy = select(url, Map.of("http_proxy", "proxy.example:1", "no_proxy", excluded));
    assertThat(proxy == null).isEqualTo(direct);
  }
}
