package dev.slipway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.http.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryConnectionsTest {
  private static final int REQUESTS = 4;

  @TempDir Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger arrived = new AtomicInteger();
  private final CountDownLatch second = new CountDownLatch(1);
  private volatile boolean disturbed;
  private SelfSignedCertificate certificate;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    certificate = SelfSignedCertificate.in(directory);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The first request is answered once another has come, or none will. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (arrived.incrementAndGet() == 1) {
        disturbed = second.await(1, TimeUnit.SECONDS);
      } else {
        second.countDown();
      }
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theFirstExchangeWithARegistryBehindTlsIsAlone() throws Exception {
    String address = "127.0.0.1:" + server.getAddress().getPort();
    RegistryOptions options = RegistryOptions.builder().untrustedTls(Set.of(address)).build();
    try (RegistryConnections connections = new RegistryConnections(options)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        answers.add(threads.submit(() -> status(connections, "https://" + address + "/v2/")));
      }
      for (Future<Integer> answer : answers) {
        assertEquals(200, answer.get());
      }
    }

    assertEquals(REQUESTS, arrived.get());
    assertFalse(disturbed);
  }

  @Test
  void aCertificateCountsForItsOwnHostOnly() throws Exception {
    RegistryOptions options =
        RegistryOptions.builder().certificateAuthorities(List.of(certificate.pem())).build();
    String port = ":" + server.getAddress().getPort() + "/v2/";
    second.countDown();
    try (RegistryConnections connections = new RegistryConnections(options)) {
      assertEquals(200, status(connections, "https://localhost" + port));
      assertThrows(
          SSLPeerUnverifiedException.class, () -> status(connections, "https://127.0.0.1" + port));
    }
  }

  private static int status(RegistryConnections connections, String url) throws IOException {
    try (CloseableHttpResponse response = connections.execute(new HttpGet(url))) {
      return response.getStatusLine().getStatusCode();
    }
  }
}
