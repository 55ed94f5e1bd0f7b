package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class AuthorizationTest extends RegistryFixture {
  private static final String BASIC = "Basic dXNlcjpwYXNz"; // user:pass
  private static final byte[] BLOB = "blob".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DOCUMENT = "{}".getBytes(StandardCharsets.UTF_8);
  private static final Descriptor MANIFEST = Descriptor.of(MediaType.OCI_MANIFEST, DOCUMENT);
  private static final Descriptor LAYER = Descriptor.of(MediaType.OCI_LAYER, BLOB);

  private void addManifest() {
    registry.addManifest("r", "t", MediaType.OCI_MANIFEST.toString(), DOCUMENT);
  }

  /** Wants a token that its own {@code /token} gives. */
  private void requireToken(String token) {
    addManifest();
    registry.fault(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/token")) {
            String body = "{\"token\":\"" + token + "\"}";
            FakeRegistry.reply(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
            return true;
          }
          return challengeUnless(exchange, "Bearer " + token, bearer(registry.url()));
        });
  }

  private static String bearer(String realm) {
    return "Bearer realm=\"" + realm + "/token\",service=\"it\",scope=\"repository:x:pull\"";
  }

  private static boolean challengeUnless(HttpExchange exchange, String expected, String challenge)
      throws IOException {
    if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return false;
    }
    exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
    FakeRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
    return true;
  }

  @Test
  void aTokenIsFetchedOnceAndKept() {
    requireToken("abc");
    Repository repository = repository("r");

    assertThat(repository.resolve("t")).contains(MANIFEST);
    assertThat(repository.resolve("t")).contains(MANIFEST);

    assertThat(registry.requests())
        .containsExactly(
            "HEAD /v2/r/manifests/t",
            "GET /token?client_id=slipway&service=it&scope=repository%3Ar%3Apull",
            "HEAD /v2/r/manifests/t [Bearer abc]",
            "HEAD /v2/r/manifests/t [Bearer abc]");
  }

  @Test
  void aTokenThatRanOutIsReplaced() {
    AtomicInteger issued = new AtomicInteger();
    addManifest();
    registry.fault(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/token")) {
            String body = "{\"access_token\":\"t" + issued.incrementAndGet() + "\"}";
            FakeRegistry.reply(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
            return true;
          }
          int valid = Math.max(1, issued.get());
          // Every token is good for one request.
          boolean used = registry.count("HEAD") % 2 == 1 && valid > 0;
          return used && challengeUnless(exchange, "Bearer never", bearer(registry.url()));
        });
    Repository repository = repository("r");

    assertThat(repository.resolve("t")).contains(MANIFEST);
    assertThat(repository.resolve("t")).contains(MANIFEST);
    assertThat(issued).hasValue(2);
  }

  @Test
  void credentialsGoToTheRegistrysOwnTokenServer() {
    requireToken("abc");
    Repository repository =
        client(Credential.password("user", "pass")).repository(registry.reference("r"));

    assertThat(repository.resolve("t")).contains(MANIFEST);
    assertThat(registry.requests().get(1)).endsWith("[" + BASIC + "]");
  }

  @Test
  void anIdentityTokenIsExchanged() {
    StringBuilder form = new StringBuilder();
    addManifest();
    registry.fault(
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            form.append(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            FakeRegistry.reply(
                exchange, 200, "{\"access_token\":\"abc\"}".getBytes(StandardCharsets.UTF_8));
            return true;
          }
          return challengeUnless(exchange, "Bearer abc", bearer(registry.url()));
        });

    assertThat(
            client(Credential.identityToken("refresh"))
                .repository(registry.reference("r"))
                .resolve("t"))
        .contains(MANIFEST);
    assertThat(form)
        .hasToString(
            "client_id=slipway&service=it&scope=repository%3Ar%3Apull"
                + "&grant_type=refresh_token&refresh_token=refresh");
  }

  @Test
  void basicAuthorizationIsGivenWhenAsked() {
    addManifest();
    registry.fault(exchange -> challengeUnless(exchange, BASIC, "Basic realm=\"x\""));
    Repository repository =
        client(Credential.password("user", "pass")).repository(registry.reference("r"));

    assertThat(repository.resolve("t")).contains(MANIFEST);
    assertThat(repository.resolve("t")).contains(MANIFEST);
    assertThat(registry.requests()).hasSize(3);
  }

  @Test
  void wrongCredentialsAreToldOnceWithAHint() {
    registry.fault(exchange -> challengeUnless(exchange, "never", "Basic realm=\"x\""));

    assertThatThrownBy(
            () ->
                client(Credential.password("user", "secret-pass"))
                    .repository(registry.reference("r"))
                    .get("t"))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e ->
                assertThat(e.hint())
                    .isEqualTo(
                        "the credentials for "
                            + registry.host()
                            + " do not allow this; log in with an account that may, as with docker"
                            + " login"))
        .hasMessageContaining("401 UNAUTHORIZED: authentication required")
        .hasMessageNotContaining("secret-pass");
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void withoutCredentialsTheHintIsToLogIn() {
    registry.fault(exchange -> challengeUnless(exchange, "never", "Basic realm=\"x\""));

    assertThatThrownBy(() -> repository("r").get("t"))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.hint()).contains("docker login"));
  }

  @Test
  void aRedirectToAnotherHostGetsNoAuthorization() throws IOException {
    try (FakeRegistry storage = new FakeRegistry()) {
      storage.fault(
          exchange -> {
            FakeRegistry.reply(exchange, 200, BLOB);
            return true;
          });
      registry.fault(
          exchange -> {
            if (challengeUnless(exchange, BASIC, "Basic realm=\"x\"")) {
              return true;
            }
            exchange.getResponseHeaders().add("Location", storage.url() + "/signed?X-Sig=1");
            FakeRegistry.reply(exchange, 307, new byte[0]);
            return true;
          });

      try (InputStream in =
          client(Credential.password("user", "pass"))
              .repository(registry.reference("r"))
              .blob(LAYER, TransferListener.SILENT)) {
        assertThat(in.readAllBytes()).isEqualTo(BLOB);
      }
      assertThat(storage.requests()).containsExactly("GET /signed?X-Sig=1");
    }
  }

  @Test
  void whoIsRedirectedToCannotAskForCredentials() throws IOException {
    try (FakeRegistry storage = new FakeRegistry()) {
      storage.fault(exchange -> challengeUnless(exchange, "never", "Basic realm=\"x\""));
      registry.fault(
          exchange -> {
            exchange.getResponseHeaders().add("Location", storage.url() + "/x");
            FakeRegistry.reply(exchange, 307, new byte[0]);
            return true;
          });

      assertThatThrownBy(
              () ->
                  client(Credential.password("user", "pass"))
                      .repository(registry.reference("r"))
                      .blob(LAYER, TransferListener.SILENT))
          .isInstanceOf(RegistryException.class);
      assertThat(storage.requests()).allMatch(request -> !request.contains("["));
      assertThat(registry.requests()).allMatch(request -> !request.contains("["));
    }
  }

  @Test
  void redirectsInACircleEnd() {
    registry.fault(
        exchange -> {
          exchange.getResponseHeaders().add("Location", exchange.getRequestURI().toString());
          FakeRegistry.reply(exchange, 307, new byte[0]);
          return true;
        });

    assertThatThrownBy(() -> repository("r").get("t"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("more than 8 redirects");
  }

  @ParameterizedTest // jib #4523, CVE-2026-48978: a hostile registry names the token server
  @CsvSource({
    "https://registry-1.docker.io, https://auth.docker.io/token, CREDENTIALS",
    "https://ghcr.io, https://ghcr.io/token, CREDENTIALS",
    "https://registry.gitlab.com, https://gitlab.com/jwt/auth, CREDENTIALS",
    "https://r.example.co.uk, https://a.example.co.uk/token, CREDENTIALS",
    "https://r.example.com:5000, https://r.example.com/token, CREDENTIALS",
    "https://r.example.com, https://trusted.example.org/token, CREDENTIALS",
    "http://localhost:5000, http://localhost:5001/token, CREDENTIALS",
    "http://127.0.0.1:5000, http://[::1]:5001/token, CREDENTIALS",
    "https://r.example.com, https://evil.example.org/token, ANONYMOUS",
    "https://r.co.uk, https://evil.co.uk/token, ANONYMOUS",
    "https://a.github.io, https://b.github.io/token, ANONYMOUS",
    "https://r.example.com, https://r.example.com.evil.org/token, ANONYMOUS",
    "https://r.example.com, http://r.example.com/token, REFUSED",
    "https://r.example.com, http://evil.example.org/token, REFUSED",
    "https://r.example.com, https://127.0.0.1/token, REFUSED",
    "https://r.example.com, https://localhost/token, REFUSED",
    "https://r.example.com, https://169.254.169.254/latest, REFUSED",
    "https://r.example.com, https://10.0.0.1/token, REFUSED",
    "https://r.example.com, https://[fd00::1]/token, REFUSED",
    "https://r.example.com, https://user@r.example.com.evil.org/token, REFUSED",
    "https://r.example.com, file:///etc/passwd, REFUSED",
    "http://127.0.0.1:5000, http://evil.example.org/token, REFUSED",
  })
  void credentialsGoOnlyToTokenServersOfTheRegistry(String from, String realm, TokenRealm rule) {
    assertThat(TokenRealm.of(URI.create(from), URI.create(realm), Set.of("trusted.example.org")))
        .isEqualTo(rule);
  }

  @Test
  void aTokenServerThatIsNotAskedEndsThePull() {
    registry.fault(
        FakeRegistry.status(401, Map.of("WWW-Authenticate", bearer("http://169.254.169.254")), ""));

    assertThatThrownBy(
            () ->
                client(Credential.password("user", "pass"))
                    .repository(registry.reference("r"))
                    .get("t"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("which is not asked");
  }

  @Test
  void challengesAreReadInAnyForm() {
    assertThat(Challenge.best(List.of("Basic realm=\"a, b\", Bearer realm=\"x\",service=y")))
        .isEqualTo(new Challenge("bearer", Map.of("realm", "x", "service", "y")));
    assertThat(Challenge.best(List.of("Negotiate", "basic Realm=\"q\\\"uoted\"")))
        .isEqualTo(new Challenge("basic", Map.of("realm", "q\"uoted")));
    assertThat(Challenge.best(List.of("Bearer", "=,,,==\"", ""))).isNull();
  }
}
