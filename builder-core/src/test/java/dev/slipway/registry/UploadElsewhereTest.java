package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry that has its uploads sent to another host, as those do that keep blobs elsewhere. */
@Timeout(90)
class UploadElsewhereTest extends RegistryFixture {
  private static final String BASIC = "Basic dXNlcjpwYXNz"; // user:pass
  private static final byte[] BLOB = "blob".getBytes(StandardCharsets.UTF_8);
  private static final Descriptor LAYER = Descriptor.of(MediaType.OCI_LAYER, BLOB);

  private FakeRegistry storage;

  @BeforeEach
  void send() throws IOException {
    storage = new FakeRegistry();
    registry.fault(
        exchange -> {
          if (!BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            FakeRegistry.reply(exchange, 401, new byte[0]);
            return true;
          }
          if (!exchange.getRequestMethod().equals("POST")) {
            return false;
          }
          exchange.getResponseHeaders().add("Location", storage.url() + "/up?X-Sig=1");
          FakeRegistry.reply(exchange, 202, new byte[0]);
          return true;
        });
  }

  @AfterEach
  void close() throws IOException {
    storage.close();
  }

  private static boolean takes(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    FakeRegistry.reply(exchange, 201, new byte[0]);
    return true;
  }

  private Repository repository() {
    return client(Credential.password("user", "pass")).repository(registry.reference("r"));
  }

  private void push(Repository repository) {
    repository.pushBlob(LAYER, () -> new ByteArrayInputStream(BLOB), null, TransferListener.SILENT);
  }

  private void openedEarly(Repository repository) {
    repository.expectBlob().run();
  }

  @Test
  void theOtherHostGetsNoAuthorization() {
    storage.fault(UploadElsewhereTest::takes);
    push(repository());
    Repository early = repository();
    openedEarly(early);
    push(early);
    assertThat(storage.requests())
        .hasSize(2)
        .allMatch(request -> request.startsWith("PUT /up?X-Sig=1&digest=sha256"))
        .noneMatch(request -> request.contains("["));
  }

  @Test
  void theOtherHostCannotAskForCredentials() {
    storage.fault(
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
          FakeRegistry.reply(exchange, 401, new byte[0]);
          return true;
        });
    Repository early = repository();
    openedEarly(early);
    assertThatThrownBy(() -> push(early)).isInstanceOf(RegistryException.class);
    assertThat(storage.requests()).isNotEmpty().noneMatch(request -> request.contains("["));
  }

  @Test
  void whatIsElsewhereIsNotDeleted() {
    storage.fault(UploadElsewhereTest::takes);
    Repository early = repository();
    openedEarly(early);
    early.expectNoMore();
    assertThat(storage.requests()).isEmpty();
  }
}
