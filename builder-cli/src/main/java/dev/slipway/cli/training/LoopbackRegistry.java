package dev.slipway.cli.training;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a registry as one push and one pull need, in memory: what is put under a name or a
 * digest can be had from there, whatever the repository. It checks nothing.
 */
final class LoopbackRegistry implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(byte[] bytes, String type) {}

  private LoopbackRegistry(HttpServer server) {
    this.server = server;
  }

  static LoopbackRegistry start() throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    LoopbackRegistry registry = new LoopbackRegistry(HttpServer.create(address, 0));
    registry.server.createContext("/v2/", registry::answer);
    registry.server.start();
    return registry;
  }

  /** As it stands before the first slash of an image's name. */
  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
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
