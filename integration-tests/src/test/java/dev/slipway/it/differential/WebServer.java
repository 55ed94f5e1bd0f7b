package dev.slipway.it.differential;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * Serves a directory on the loopback address, the times of its files as {@code Last-Modified}. The
 * query of a URL asks for another answer:
 *
 * <ul>
 *   <li>{@code status=CODE}, and {@code location=PATH}: where it redirects to
 *   <li>{@code undated}: without {@code Last-Modified}
 *   <li>{@code named=NAME}: an attachment of that name
 *   <li>{@code encoded}: compressed on the way, for those who accept that
 *   <li>{@code locked}: only for the user {@code u} with the password {@code p}
 * </ul>
 */
final class WebServer implements AutoCloseable {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path directory;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private WebServer(Path directory, HttpServer server) {
    this.directory = directory;
    this.server = server;
  }

  static WebServer start(Path directory) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    WebServer web = new WebServer(directory, HttpServer.create(address, 0));
    web.server.createContext("/", web::answer);
    web.server.setExecutor(web.threads);
    web.server.start();
    return web;
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      Headers headers = exchange.getResponseHeaders();
      if (query.containsKey("locked") && !knowsPassword(exchange)) {
        headers.set("WWW-Authenticate", "Basic realm=\"it\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (query.containsKey("status")) {
        if (query.containsKey("location")) {
          headers.set("Location", query.get("location"));
        }
        exchange.sendResponseHeaders(Integer.parseInt(query.get("status")), -1);
      } else {
        sendFile(exchange, query);
      }
    }
  }

  private void sendFile(HttpExchange exchange, Map<String, String> query) throws IOException {
    Path file = directory.resolve("." + exchange.getRequestURI().getPath()).normalize();
    if (Files.isDirectory(file)) {
      file = file.resolve("index");
    }
    if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    byte[] content = Files.readAllBytes(file);
    Headers headers = exchange.getResponseHeaders();
    String tag = "\"" + modified.getEpochSecond() + "-" + content.length + "\"";
    headers.set("ETag", tag);
    if (!query.containsKey("undated")) {
      headers.set("Last-Modified", DATE.format(modified));
    }
    if (query.containsKey("named")) {
      headers.set("Content-Disposition", "attachment; filename=\"" + query.get("named") + "\"");
    }
    Headers asked = exchange.getRequestHeaders();
    if (tag.equals(asked.getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    String accepted = String.valueOf(asked.getFirst("Accept-Encoding"));
    if (query.containsKey("encoded") && accepted.contains("gzip")) {
      headers.set("Content-Encoding", "gzip");
      content = compressed(content);
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head || content.length == 0 ? -1 : content.length);
    if (!head) {
      exchange.getResponseBody().write(content);
    }
  }

  private static byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static boolean knowsPassword(HttpExchange exchange) {
    String expected = Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
    return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] words = pair.split("=", 2);
      String value = words.length < 2 ? "" : words[1];
      query.put(words[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
