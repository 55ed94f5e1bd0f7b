package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.semantics.BuildTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code ADD} downloaded is not sent again while its server says that it holds. */
class RememberedDownloadsTest extends BuildTest {
  private final List<Integer> answers = new ArrayList<>();
  private HttpServer server;
  private volatile String content = "first";
  private volatile String tag = "\"1\"";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", tag);
    exchange.getResponseHeaders().set("Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT");
    boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    answers.add(same ? 304 : 200);
    if (same) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      byte[] body = content.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private String add(String destination) {
    int port = server.getAddress().getPort();
    return "ADD http://localhost:" + port + "/a%20b " + destination + "\n";
  }

  private String dockerfile() {
    return "FROM scratch\n" + add("/d/");
  }

  @Test
  void aSecondBuildAsksAndGetsNoBody() {
    assertThat(build(dockerfile()).text("/d/a b")).isEqualTo("first");
    assertThat(build(dockerfile()).text("/d/a b")).isEqualTo("first");
    assertThat(build(dockerfile() + add("/again")).entry("/again").metadata().mtimeSeconds())
        .isEqualTo(946684800);
    assertThat(answers.get(0)).isEqualTo(200);
    assertThat(answers.subList(1, answers.size())).isNotEmpty().containsOnly(304);
  }

  @Test
  void aChangedFileIsTaken() {
    build(dockerfile());
    content = "second";
    tag = "\"2\"";
    assertThat(build(dockerfile()).text("/d/a b")).isEqualTo("second");
    assertThat(answers).containsExactly(200, 200);
  }
}
