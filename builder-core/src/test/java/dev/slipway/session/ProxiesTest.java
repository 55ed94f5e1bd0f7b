package dev.slipway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final String TARGET = "https://registry.example/v2/";

  private static Proxy select(String url, Map<String, String> environment) {
    return Proxies.of(environment).select(URI.create(url)).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example:8080, proxy.example, 8080",
    "proxy.example:8080, proxy.example, 8080",
    "http://proxy.example, proxy.example, 3128",
    "http://user:p%5Ess@proxy.example:8080/, proxy.example, 8080"
  })
  void aVariableSaysTheProxy(String value, String host, int port) {
    assertThat(select(TARGET, Map.of("https_proxy", value)).address())
        .isEqualTo(InetSocketAddress.createUnresolved(host, port));
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
    Proxy proxy = select(url, Map.of(name, "http://proxy.example:8080"));
    assertThat(proxy != Proxy.NO_PROXY).isEqualTo(used);
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
    Proxy proxy = select(TARGET, Map.of("https_proxy", "proxy.example:1", "no_proxy", excluded));
    assertThat(proxy == Proxy.NO_PROXY).isEqualTo(direct);
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
}
