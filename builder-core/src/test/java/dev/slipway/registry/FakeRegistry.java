package dev.slipway.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.oci.Digest;
import dev.slipway.reference.ImageReference;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry in this JVM, with faults to order: enough of the distribution specification for the
 * client, and every request on record.
 */
public final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger sessions = new AtomicInteger();
  private volatile Fault fault = exchange -> false;

  /** Answers in the registry's stead. */
  @FunctionalInterface
  public interface Fault {
    /** Whether it has answered. */
    boolean answer(HttpExchange exchange) throws IOException;
  }

  public FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** {@code 127.0.0.1:port}. */
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  public String url() {
    return "http://" + host();
  }

  public ImageReference reference(String name) {
    return ImageReference.parse(host() + "/" + name);
  }

  public void fault(Fault newFault) {
    fault = newFault;
  }

  /** The first {@code times} requests that begin so are answered by {@code broken}. */
  public void faults(int times, String request, Fault broken) {
    AtomicInteger left = new AtomicInteger(times);
    fault =
        exchange ->
            (exchange.getRequestMethod() + " " + exchange.getRequestURI()).startsWith(request)
                && left.getAndDecrement() > 0
                && broken.answer(exchange);
  }

  public static Fault status(int status, Map<String, String> headers, String body) {
    return exchange -> {
      headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      reply(exchange, status, body.getBytes(StandardCharsets.UTF_8));
      return true;
    };
  }

  /** Methods and URIs in order; with the Authorization header where there was one. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public long count(String start) {
    return requests().stream().filter(request -> request.startsWith(start)).count();
  }

  public Digest addBlob(byte[] bytes) {
    Digest digest = Digest.of(bytes);
    addBlob("", digest, bytes);
    return digest;
  }

  /** Under a digest that may be another's, into one repository or, with an empty name, all. */
  public void addBlob(String repository, Digest digest, byte[] bytes) {
    blobs.put(repository + "@" + digest, bytes);
  }

  public byte[] blob(String repository, Digest digest) {
    byte[] own = blobs.get(repository + "@" + digest);
    return own != null ? own : blobs.get("@" + digest);
  }

  public void addManifest(String repository, String identifier, String type, byte[] bytes) {
    manifests.put(repository + ":" + identifier, bytes);
    types.put(repository + ":" + identifier, type);
  }

  public byte[] manifest(String repository, String identifier) {
    return manifests.get(repository + ":" + identifier);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (authorization == null ? "" : " [" + authorization + "]"));
    try (exchange) {
      if (!fault.answer(exchange)) {
        serve(exchange);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int kind = Math.max(path.lastIndexOf("/manifests/"), path.lastIndexOf("/blobs/"));
    if (!path.startsWith("/v2/") || kind < 0) {
      reply(exchange, 404, new byte[0]);
      return;
    }
    String repository = path.substring(4, kind);
    String rest = path.substring(kind);
    if (rest.startsWith("/manifests/")) {
      serveManifest(exchange, repository, rest.substring(11));
    } else if (rest.startsWith("/blobs/uploads")) {
      serveUpload(exchange, repository);
    } else {
      serveBlob(exchange, blob(repository, Digest.parse(rest.substring(7))));
    }
  }

  private void serveManifest(HttpExchange exchange, String repository, String identifier)
      throws IOException {
    String key = repository + ":" + identifier;
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      addManifest(repository, identifier, type, bytes);
      addManifest(repository, Digest.of(bytes).toString(), type, bytes);
      exchange.getResponseHeaders().add("Docker-Content-Digest", Digest.of(bytes).toString());
      reply(exchange, 201, new byte[0]);
      return;
    }
    byte[] bytes = manifests.get(key);
    if (bytes == null) {
      error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", types.get(key));
    exchange.getResponseHeaders().add("Docker-Content-Digest", Digest.of(bytes).toString());
    reply(exchange, 200, bytes);
  }

  private void serveUpload(HttpExchange exchange, String repository) throws IOException {
    Map<String, String> query = query(exchange);
    if (exchange.getRequestMethod().equals("POST")) {
      String mount = query.get("mount");
      if (mount != null && blob(query.get("from"), Digest.parse(mount)) != null) {
        addBlob(repository, Digest.parse(mount), blob(query.get("from"), Digest.parse(mount)));
        exchange.getResponseHeaders().add("Docker-Content-Digest", mount);
        reply(exchange, 201, new byte[0]);
        return;
      }
      String session = "/v2/" + repository + "/blobs/uploads/" + sessions.incrementAndGet();
      exchange.getResponseHeaders().add("Location", session + "?_state=secret");
      reply(exchange, 202, new byte[0]);
      return;
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      reply(exchange, 204, new byte[0]);
      return;
    }
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    Digest digest = Digest.parse(query.get("digest"));
    if (!digest.equals(Digest.of(bytes))) {
      error(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
      return;
    }
    addBlob(repository, digest, bytes);
    exchange.getResponseHeaders().add("Docker-Content-Digest", digest.toString());
    reply(exchange, 201, new byte[0]);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    String text = exchange.getRequestURI().getQuery();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }

  private static void serveBlob(HttpExchange exchange, byte[] bytes) throws IOException {
    if (bytes == null) {
      error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      reply(exchange, 200, bytes);
      return;
    }
    int from = Integer.parseInt(range.substring(6, range.length() - 1));
    exchange
        .getResponseHeaders()
        .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
    reply(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
  }

  static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    reply(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  public static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** Promises {@code bytes}, sends the first {@code sent} of them, and hangs up. */
  public static Fault broken(byte[] bytes, int sent) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, sent);
      exchange.getResponseBody().flush();
      return true; // closing the exchange early ends the connection
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
