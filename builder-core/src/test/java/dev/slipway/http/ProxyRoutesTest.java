package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyRoutesTest {
  private static final String AUTHORIZATION = "Basic dXNAZXI6csO2c2U6JQ=="; // us@er:röse:%
  private static final String USER_INFO = "us%40er:r%C3%B6se:%25";

  @TempDir Path directory;

  /** Of each request that came to the server: method, body, and what it must not be told. */
  private final List<String> arrived = new CopyOnWriteArrayList<>();

  private HttpServer server;
  private PasswordProxy proxy;

  @BeforeEach
  void start() throws Exception {
    serve(HttpServer.create());
  }

  private void serve(HttpServer made) throws IOException {
    server = made;
    server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String told = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          arrived.add(exchange.getRequestMethod() + " " + body + " " + told);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    proxy = new PasswordProxy(server.getAddress().getPort(), AUTHORIZATION);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  private int send(HttpUriRequest request, String userInfo) throws IOException {
    String address = "http://" + userInfo + "@127.0.0.1:" + proxy.port();
    Proxies proxies = Proxies.of(Map.of("http_proxy", address, "https_proxy", address));
    TlsSockets tls = new TlsSockets(SSLContexts::createDefault, Set.of("server.test"));
    try (CloseableHttpClient client = PlainHttpClient.builder(proxies, tls).build();
        CloseableHttpResponse response = client.execute(request)) {
      return response.getStatusLine().getStatusCode();
    }
  }

  @Test
  void thePasswordIsSentWithTheFirstRequestAndOnlyToTheProxy() throws IOException {
    assertThat(send(new HttpGet("http://server.test/file"), USER_INFO)).isEqualTo(200);
    assertThat(proxy.requests()).containsExactly("GET http://server.test/file HTTP/1.1");
    assertThat(arrived).containsExactly("GET  null");
  }

  @Test
  void aBodyThatCanBeSentOnlyOnceArrives() throws IOException {
    HttpPut put = new HttpPut("http://server.test/file");
    put.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[] {'a', 'b'}), 2));
    assertThat(send(put, USER_INFO)).isEqualTo(200);
    assertThat(arrived).containsExactly("PUT ab null");
  }

  @Test
  void aTunnelIsOpenedWithThePasswordThatTheServerBehindItNeverSees() throws Exception {
    stop();
    HttpsServer https = HttpsServer.create();
    https.setHttpsConfigurator(
        new HttpsConfigurator(SelfSignedCertificate.in(directory).context()));
    serve(https);
    assertThat(send(new HttpGet("https://server.test/file"), USER_INFO)).isEqualTo(200);
    assertThat(proxy.requests()).containsExactly("CONNECT server.test:443 HTTP/1.1");
    assertThat(arrived).containsExactly("GET  null");
  }

  @Test
  void aWrongPasswordIsTheProxysAnswer() throws IOException {
    assertThat(send(new HttpGet("http://server.test/file"), "us%40er:wrong")).isEqualTo(407);
    assertThat(send(new HttpGet("https://server.test/file"), "us%40er:wrong")).isEqualTo(407);
    assertThat(arrived).isEmpty();
  }
}
