package dev.slipway.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.http.Proxies;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFetcherTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final long LIMIT = 1000;

  @TempDir Path temp;
  private HttpServer server;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    handle("/abc", exchange -> answer(exchange, 200, "abc"));
    server.start();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.stop(0);
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void handle(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          handler.handle(exchange);
          exchange.close();
        });
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void redirect(String from, int status, String to) {
    handle(
        from,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          answer(exchange, status, "");
        });
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private HttpFile fetch(String url, String sha256) {
    return fetch(url, sha256, HttpMemo.NONE);
  }

  private HttpFile fetch(String url, String sha256, HttpMemo memo) {
    HttpFetcher.Options options = new HttpFetcher.Options(Proxies.NONE, Duration.ofSeconds(5));
    return new HttpFetcher(options, memo)
        .fetch(new HttpSource(url, sha256, LIMIT), temp, new Cancellation());
  }

  @Test
  void semantics38_aFileHasItsNameAndTime() throws IOException {
    handle(
        "/d/f.txt",
        exchange -> {
          exchange.getResponseHeaders().set("Last-Modified", "Sun, 09 Sep 2001 01:46:40 GMT");
          answer(exchange, 200, "abc");
        });
    HttpFile file = fetch(url("/d/f.txt?x=/y"), null);
    assertThat(Files.readString(file.path())).isEqualTo("abc");
    assertThat(file.size()).isEqualTo(3);
    assertThat(file.sha256()).isEqualTo(ABC);
    assertThat(file.fileName()).isEqualTo("f.txt");
    assertThat(file.lastModified()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
    assertThat(fetch(url("/abc"), null).lastModified()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a/b.tar, b.tar",
    "http://h/a/b%20c, b c",
    "http://h/a/, a",
    "http://h/, ''",
    "http://h, ''",
    "http://h/a/., ''",
    "http://h/a/.., download",
    "http://h/x?y=/z#w, x",
  })
  void semantics38_theNameIsTheLastElementOfThePath(String url, String name) {
    assertThat(new HttpSource(url, null, 1).fileName()).isEqualTo(name);
  }

  @Test
  void semantics39_aWrongChecksumLeavesNothing() throws IOException {
    assertThat(fetch(url("/abc"), ABC).sha256()).isEqualTo(ABC);
    Files.delete(temp.resolve("http-" + ABC));
    String other = "0".repeat(64);
    assertThatThrownBy(() -> fetch(url("/abc"), other))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "\"%s\" has the checksum sha256:%s, expected sha256:%s"
                .formatted(url("/abc"), ABC, other));
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsNoFileIsAnError() {
    handle("/gone", exchange -> answer(exchange, 404, "no"));
    handle("/closed", exchange -> answer(exchange, 403, ""));
    handle("/broken", exchange -> answer(exchange, 500, ""));
    assertThatThrownBy(() -> fetch(url("/gone"), null))
        .isInstanceOf(FetchException.class)
        .hasMessage("cannot download \"" + url("/gone") + "\": the server answered 404 Not Found");
    assertThatThrownBy(() -> fetch(url("/closed"), null)).hasMessageContaining("403");
    assertThatThrownBy(() -> fetch(url("/broken"), null)).hasMessageContaining("500");
  }

  @Test
  void moreThanTheLimitIsAnErrorWhetherAnnouncedOrNot() {
    String large = "x".repeat((int) LIMIT + 1);
    handle("/announced", exchange -> answer(exchange, 200, large));
    handle(
        "/chunked",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(large.getBytes(StandardCharsets.UTF_8));
        });
    for (String path : List.of("/announced", "/chunked")) {
      assertThatThrownBy(() -> fetch(url(path), null))
          .isInstanceOf(FetchException.class)
          .hasMessage("\"" + url(path) + "\" is larger than the limit of 1000 bytes");
    }
  }

  @Test
  void whatIsTooLargeIsNotReadToItsEnd() {
    AtomicLong sent = new AtomicLong();
    handle(
        "/long",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 20];
          while (sent.incrementAndGet() < 200) {
            exchange.getResponseBody().write(block);
          }
        });
    assertThatThrownBy(() -> fetch(url("/long"), null)).hasMessageContaining("larger than");
    assertThat(sent).hasValueLessThan(100);
  }

  @Test
  void whatIsCompressedOnTheWayIsTheFileItself() throws IOException {
    handle("/coded", exchange -> answerCompressed(exchange, "abc"));
    assertThat(Files.readString(fetch(url("/coded"), ABC).path())).isEqualTo("abc");
    handle("/bomb", exchange -> answerCompressed(exchange, "x".repeat(1001)));
    assertThatThrownBy(() -> fetch(url("/bomb"), null)).hasMessageContaining("larger than");
    handle(
        "/broken",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          answer(exchange, 200, "abc");
        });
    assertThatThrownBy(() -> fetch(url("/broken"), null)).isInstanceOf(FetchException.class);
  }

  private static void answerCompressed(HttpExchange exchange, String body) throws IOException {
    assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    exchange.getResponseHeaders().set("Content-Encoding", "GZIP");
    exchange.sendResponseHeaders(200, compressed.size());
    compressed.writeTo(exchange.getResponseBody());
  }

  @Test
  void aBodyThatEndsEarlyIsAnError() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket client = socket.accept()) {
                  client.getInputStream().read(new byte[1000]);
                  client
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"
                              .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      answering.start();
      String url = "http://localhost:" + socket.getLocalPort() + "/x";
      assertThatThrownBy(() -> fetch(url, null))
          .isInstanceOf(FetchException.class)
          .hasMessageStartingWith("cannot download \"" + url + "\": ");
      answering.join();
    }
  }

  @Test
  void redirectsAreFollowedToHttpOnlyAndNotForEver() {
    redirect("/one", 302, "/two");
    redirect("/two", 308, url("/abc"));
    redirect("/loop", 301, "/loop");
    redirect("/file", 302, "file:///etc/passwd");
    assertThat(fetch(url("/one"), null).sha256()).isEqualTo(ABC);
    assertThat(fetch(url("/one"), null).fileName()).isEqualTo("one");
    assertThatThrownBy(() -> fetch(url("/loop"), null)).hasMessageContaining("10 redirects");
    assertThatThrownBy(() -> fetch(url("/file"), null))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("redirects to \"file:///etc/passwd\", expected http or https");
  }

  @Test
  void cve2023_26054_credentialsGoToTheirHostOnlyAndAreNeverTold() {
    handle("/private", exchange -> answer(exchange, 401, ""));
    String address = server.getAddress().getAddress().getHostAddress();
    redirect("/away", 302, "http://" + address + ":" + server.getAddress().getPort() + "/abc");
    String with = url("/abc").replace("http://", "http://us%40er:secret@");
    fetch(with, null);
    assertThat(authorizations).containsExactly("Basic dXNAZXI6c2VjcmV0");
    authorizations.clear();
    fetch(with.replace("/abc", "/away"), null);
    assertThat(authorizations).containsExactly("Basic dXNAZXI6c2VjcmV0", "null");
    assertThatThrownBy(() -> fetch(with.replace("/abc", "/private"), null))
        .hasMessageContaining("401")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("us%40er");
    assertThatThrownBy(() -> fetch(with.replace("/abc", "/abc%zz"), null))
        .hasMessageContaining("malformed url")
        .hasMessageNotContaining("secret");
    assertThat(new HttpSource(with, null, 1)).hasToString(url("/abc"));
  }

  @Test
  void aFileThatHasNotChangedIsNotSentAgain() {
    handle(
        "/tagged",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          boolean same = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          answer(exchange, same ? 304 : 200, same ? "" : "abc");
        });
    Map<String, HttpMemo.Download> remembered = new ConcurrentHashMap<>();
    HttpMemo memo = memoOf(remembered);
    String with = url("/tagged").replace("http://", "http://user:secret@");
    HttpFile first = fetch(with, null, memo);
    assertThat(remembered).containsOnlyKeys(url("/tagged"));
    assertThat(fetch(with, null, memo)).isSameAs(first);
    assertThatThrownBy(() -> fetch(with, "0".repeat(64), memo)).hasMessageContaining("expected");
    int requests = authorizations.size();
    assertThat(fetch(with, ABC, memo)).isSameAs(first);
    assertThat(authorizations).hasSize(requests);
  }

  @Test
  void withoutATagTheTimeOfTheChangeIsAskedWith() {
    String old = "Tue, 01 Jun 2021 10:00:00 GMT";
    handle(
        "/dated",
        exchange -> {
          exchange.getResponseHeaders().set("Last-Modified", old);
          boolean same = old.equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
          answer(exchange, same ? 304 : 200, same ? "" : "abc");
        });
    Map<String, HttpMemo.Download> remembered = new ConcurrentHashMap<>();
    HttpFile first = fetch(url("/dated"), null, memoOf(remembered));
    assertThat(fetch(url("/dated"), null, memoOf(remembered))).isSameAs(first);
  }

  @Test
  void aChangeInTheSecondOfTheAnswerIsNoTimeToAskWith() {
    handle(
        "/fresh",
        exchange -> {
          String now =
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1));
          exchange.getResponseHeaders().set("Last-Modified", now);
          answer(exchange, 200, "abc");
        });
    Map<String, HttpMemo.Download> remembered = new ConcurrentHashMap<>();
    fetch(url("/fresh"), null, memoOf(remembered));
    assertThat(remembered).isEmpty();
  }

  private static HttpMemo memoOf(Map<String, HttpMemo.Download> remembered) {
    return new HttpMemo() {
      @Override
      public Optional<Download> find(String url) {
        return Optional.ofNullable(remembered.get(url));
      }

      @Override
      public void remember(String url, Download download) {
        remembered.put(url, download);
      }
    };
  }

  @Test
  void theProxyThatWasHandedInIsUsed() {
    handle("/through", exchange -> answer(exchange, 200, "through the proxy"));
    String proxy = "http://us%40er:s%25cret@" + url("").substring("http://".length());
    Proxies proxies = Proxies.of(Map.of("http_proxy", proxy));
    HttpFetcher fetcher =
        new HttpFetcher(new HttpFetcher.Options(proxies, Duration.ofSeconds(5)), HttpMemo.NONE);
    HttpSource source = new HttpSource("http://not-there.invalid/through", null, LIMIT);
    assertThat(fetcher.fetch(source, temp, new Cancellation()).size()).isEqualTo(17);
  }

  @Test
  void aHostThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> fetch("http://not-there.invalid/x", null))
        .isInstanceOf(FetchException.class)
        .hasMessage(
            "cannot download \"http://not-there.invalid/x\": unknown host \"not-there.invalid\"");
  }

  @Test
  void aCancelledBuildStopsADownload() throws Exception {
    Cancellation cancellation = new Cancellation();
    handle(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 500);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          cancellation.cancel();
          try {
            Thread.sleep(1000);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    HttpFetcher fetcher =
        new HttpFetcher(
            new HttpFetcher.Options(Proxies.NONE, Duration.ofSeconds(20)), HttpMemo.NONE);
    HttpSource source = new HttpSource(url("/slow"), null, LIMIT);
    assertThatThrownBy(() -> fetcher.fetch(source, temp, cancellation))
        .isInstanceOf(CancelledException.class);
  }
}
