package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class UrlOriginTest {
  private static boolean isSame(String one, String other) {
    return UrlOrigin.isSame(URI.create(one), URI.create(other));
  }

  @Test
  void aPortThatIsWrittenOutIsTheOneThatIsMeant() {
    assertThat(isSame("https://host.example/a", "https://host.example:443/b")).isTrue();
    assertThat(isSame("http://host.example", "http://host.example:80")).isTrue();
    assertThat(isSame("https://host.example", "https://host.example:80")).isFalse();
  }

  @Test
  void lettersOfSchemeAndHostHaveNoCase() {
    assertThat(isSame("HTTPS://Host.Example/a", "https://host.example/b")).isTrue();
  }

  @Test
  void anotherSchemeHostOrPortIsAnotherOrigin() {
    assertThat(isSame("https://host.example", "http://host.example")).isFalse();
    assertThat(isSame("http://host.example", "https://host.example:80")).isFalse();
    assertThat(isSame("https://host.example", "https://host.example.org")).isFalse();
    assertThat(isSame("https://host.example", "https://host.example:8443")).isFalse();
  }
}
