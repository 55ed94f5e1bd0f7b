package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** B3: archives and URLs. */
class AddTest extends BuildTest {
  private static final String SHA256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      member(out, "implied/f", "1");
    }
    return bytes.toByteArray();
  }

  private static void member(TarArchiveOutputStream out, String name, String content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setIds(11, 12);
    entry.setMode(0640);
    entry.setSize(content.length());
    out.putArchiveEntry(entry);
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeArchiveEntry();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(workspace().context().resolve(name), content);
  }

  @Test
  void item35archivesAreKnownByTheirContent() throws IOException {
    write("picture.png", gzip(tar()));
    write("text.gz", gzip("no tar".getBytes(StandardCharsets.UTF_8)));
    write("empty.tar", new byte[0]);
    write("zeros.tar", new byte[1024]);
    BuiltImage image =
        build("FROM scratch\nADD picture.png /a\nADD text.gz empty.tar zeros.tar /b/\n");
    assertThat(image.has("/a/implied/f")).isTrue();
    assertThat(image.has("/b/text.gz")).isTrue();
    assertThat(image.has("/b/empty.tar")).isTrue();
    assertThat(image.has("/b/zeros.tar")).isTrue();
  }

  @Test
  void item36and37membersKeepWhatTheyAreBelowADirectory() throws IOException {
    write("a.tar", tar());
    BuiltImage image = build("FROM scratch\nADD a.tar /x\nADD --chown=7:8 --chmod=777 a.tar /y\n");
    assertThat(image.stat("/x/implied/f")).isEqualTo("640 11:12");
    assertThat(image.stat("/x/implied")).isEqualTo("755 0:0");
    assertThat(image.stat("/y/implied/f")).isEqualTo("640 7:8");
  }

  @Test
  void item41membersThatLookLikeDeletionsAreRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      member(out, ".wh.f", "no deletion here, but one for whoever unpacks the layer");
    }
    write("a.tar", bytes.toByteArray());
    file("x/f", "1");
    assertThat(failure("FROM scratch\nCOPY x /x\nADD a.tar /x\n")).hasMessageContaining("/x/.wh.f");
  }

  @Test
  void item38and39downloads() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] archive = tar();
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              exchange.getRequestURI().getPath().endsWith(".tar")
                  ? archive
                  : "hello".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort();
      BuiltImage image =
          build(
              """
              FROM scratch
              ARG URL
              ADD $URL/dir/hello /d/
              ADD --chmod=755 $URL/hello /named
              ADD $URL/a.tar /packed/
              ADD --unpack $URL/a.tar /unpacked/
              ADD --checksum=sha256:%s $URL/hello /checked
              ADD $URL/ /nameless/
              """
                  .formatted(SHA256_OF_HELLO),
              request -> request.buildArg("URL", url));
      assertThat(image.text("/d/hello")).isEqualTo("hello");
      assertThat(image.stat("/d/hello")).isEqualTo("600 0:0");
      assertThat(image.entry("/d/hello").metadata().mtimeSeconds()).isEqualTo(946684800);
      assertThat(image.stat("/named")).isEqualTo("755 0:0");
      assertThat(image.has("/packed/a.tar")).isTrue();
      assertThat(image.has("/unpacked/implied/f")).isTrue();
      assertThat(image.text("/nameless/__unnamed__")).isEqualTo("hello");
      assertThat(
              failure(
                  "FROM scratch\nADD --checksum=sha256:%s %s/hello /x\n"
                      .formatted("0".repeat(64), url)))
          .hasMessageContaining(SHA256_OF_HELLO);
    } finally {
      server.stop(0);
    }
  }
}
