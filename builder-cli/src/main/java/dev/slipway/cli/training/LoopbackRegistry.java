package dev.slipway.cli.training;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a registry as one push and one pull need, in memory: what is put under a name or a
 * digest can be had from there, whatever the repository. It checks nothing. One with TLS wants a
 * token, as public registries do.
 */
final class LoopbackRegistry implements AutoCloseable {
  private static final String TOKENS = "/token";

  private final HttpServer server;
  private final String name;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(byte[] bytes, String type) {}

  private LoopbackRegistry(HttpServer server, String name) {
    this.server = server;
    this.name = name;
  }

  static LoopbackRegistry start() throws IOException {
    return new LoopbackRegistry(HttpServer.create(address(), 0), "127.0.0.1").listening();
  }

  /**
   * @param name whose certificate it is; the client has to know that this is {@code 127.0.0.1}
   */
  static LoopbackRegistry startWithTls(String name, ServerCertificate certificate)
      throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    LoopbackRegistry registry = new LoopbackRegistry(server, name);
    server.createContext(TOKENS, LoopbackRegistry::giveToken);
    return registry.listening();
  }

  private static InetSocketAddress address() throws IOException {
    return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
  }

  private LoopbackRegistry listening() {
    server.createContext("/v2/", this::answer);
    server.start();
    return this;
  }

  /** As it stands before the first slash of an image's name. */
  String host() {
    return name + ":" + server.getAddress().getPort();
  }

  private static void giveToken(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] answer = "{\"token\":\"any\"}".getBytes(StandardCharsets.US_ASCII);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private boolean wantsToken(HttpExchange exchange) {
    return server instanceof HttpsServer
        && !exchange.getRequestHeaders().containsKey("Authorization");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (wantsToken(exchange)) {
        String realm = "Bearer realm=\"https://" + host() + TOKENS + "\",service=\"training\"";
        exchange.getResponseHeaders().set("WWW-Authenticate", realm);
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String last = path.substring(path.lastIndexOf('/') + 1);
      switch (exchange.getRequestMethod()) {
        case "POST" -> openSession(exchange, path);
        case "PUT" -> keep(exchange, last, body);
        default -> give(exchange, last);
      }
    }
  }

  private static void openSession(HttpExchange exchange, String path) throws IOException {
    exchange.getResponseHeaders().set("Location", path + "session");
    exchange.sendResponseHeaders(202, -1);
  }

  private void keep(HttpExchange exchange, String name, byte[] body) throws IOException {
    String digest = Digest.of(body).toString();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    kept.put(name, new Kept(body, type));
    kept.put(digest, new Kept(body, type));
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
    exchange.getResponseHeaders().set("Location", "/v2/" + digest);
    exchange.sendResponseHeaders(201, -1);
  }

  private void give(HttpExchange exchange, String name) throws IOException {
    Kept found = kept.get(name);
    if (found == null) {
      exchange.sendResponseHeaders(name.isEmpty() ? 200 : 404, -1);
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", found.type());
    headers.set("Docker-Content-Digest", Digest.of(found.bytes()).toString());
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(found.bytes().length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, found.bytes().length);
      exchange.getResponseBody().write(found.bytes());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
