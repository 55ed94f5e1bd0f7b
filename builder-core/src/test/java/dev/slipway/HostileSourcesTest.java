package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.Digest;
import dev.slipway.progress.Cancellation;
import dev.slipway.semantics.BuildLog;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import dev.slipway.tree.Entry;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts and base images whose authors mean harm, as whole builds. */
class HostileSourcesTest extends BuildTest {
  @TempDir Path outside;

  private byte[] context(String name, char kind, boolean compressed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out = compressed ? new GZIPOutputStream(bytes) : bytes;
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      file(tar, "Dockerfile", "FROM scratch\nCOPY . /all/\nCOPY plain /\n");
      file(tar, "plain", "plain");
      if (kind == 'f') {
        file(tar, name, "evil");
      } else if (kind == 'd') {
        link(tar, "d", TarConstants.LF_SYMLINK, name);
        file(tar, "d/evil", "evil");
      } else {
        link(tar, "evil", kind == 's' ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK, name);
      }
    }
    return bytes.toByteArray();
  }

  private static void file(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(text.length());
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, byte kind, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @ParameterizedTest
  @CsvSource({
    "f, ../evil, true",
    "f, ../../../../../../../../%s/evil, false",
    "f, %s/evil, true",
    "f, a/../../../../../../../../../%s/evil, false",
    "d, %s, true",
    "d, ../../../../../../../../%s, false",
    "s, %s/secret, true",
    "s, ../../../../../../../../%s/secret, false",
    "h, %s/secret, true",
    "h, ../../../../../../../../%s/secret, false",
  })
  void cve2020_10696_anArchiveThatAServerSendsReachesNothingOutside(
      char kind, String pattern, boolean compressed) throws IOException {
    Files.writeString(outside.resolve("secret"), "of the host");
    String name = pattern.replace("../%s", ".." + outside).replace("%s", outside.toString());
    byte[] archive = context(name, kind, compressed);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    server.start();
    Path written = outside.resolve("image");
    try {
      String url = "http://localhost:" + server.getAddress().getPort() + "/context.tar";
      workspace()
          .builder()
          .build(
              BuildRequest.builder(new ContextSource.Remote(url))
                  .output(
                      new OutputSpec(
                          OutputSpec.Type.LOCAL,
                          new OutputSpec.Destination.ToPath(written),
                          Map.of()))
                  .build(),
              new BuildLog(),
              new Cancellation());
      assertThat(written.resolve("plain")).hasContent("plain");
    } catch (BuildException e) {
      assertThat(e.getMessage()).doesNotContain("of the host");
    } finally {
      server.stop(0);
    }
    assertThat(outside.resolve("secret")).hasContent("of the host");
    assertThat(outside.resolve("evil")).doesNotExist();
    assertThat(Path.of("/evil")).doesNotExist();
    assertNoneIsOfTheHost(written);
  }

  private static void assertNoneIsOfTheHost(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.toList()) {
          if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
            assertThat(each).content().isNotEqualTo("of the host");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--security=insecure", "--network=host"})
  void cve2024_23653_aBaseImagesTriggerNeedsToBeAllowedToo(String flag) {
    file("f", "1");
    Path base = build("FROM scratch\nCOPY f /\nONBUILD RUN " + flag + " true\n").layout();
    BuildException refused =
        failure(
            "FROM base\nCOPY f /g\n",
            request -> request.namedContext("base", "oci-layout://" + base));
    assertThat(refused.getMessage()).contains("is not allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN --security=insecure true",
        "RUN --network=host true",
        "ONBUILD RUN true\nRUN --security=insecure --network=none true",
      })
  void cve2024_23653_whatIsNotAllowedIsRefusedBeforeAnythingIsDone(String line) {
    file("f", "1");
    BuildException refused = failure("FROM scratch\nCOPY f /\n" + line + "\n");
    assertThat(refused.getMessage()).contains("is not allowed");
  }

  @Test
  void cve2024_24557_anImageThatClaimsToBeMadeByALineIsNoResultOfIt() throws IOException {
    String dockerfile = "FROM scratch\nCOPY f /f\nENV A=1\nCOPY g /g\n";
    file("g", "g");
    file("f", "evil");
    BuiltImage evil = build(dockerfile);
    file("f", "good");
    assertThat(evil.history()).containsSubsequence("+ COPY f /f # buildkit");
    // Taken into the store as a base, as a pull would.
    BuiltImage child =
        build(
            "FROM base\nLABEL a=b\n",
            request -> request.namedContext("base", "oci-layout://" + evil.layout()));
    assertThat(child.text("/f")).isEqualTo("evil");

    BuiltImage good = build(dockerfile);

    assertThat(good.history()).isEqualTo(evil.history());
    assertThat(good.text("/f")).isEqualTo("good");
    assertThat(good.diffIds().get(0)).isNotEqualTo(evil.diffIds().get(0));
  }

  /** In the classic builder such lines were not part of what a cached image was found by. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEALTHCHECK CMD /evil",
        "ONBUILD COPY f /evil",
        "STOPSIGNAL SIGKILL",
        "ENTRYPOINT [\"/evil\"]",
        "VOLUME /evil"
      })
  void cve2024_24557_aLineThatOnlyChangesTheConfigIsPartOfWhatIsBuilt(String line) {
    file("f", "1");
    BuiltImage evil = build("FROM scratch\n" + line + "\nCOPY f /\n");
    BuiltImage good = build("FROM scratch\nCOPY f /\n");
    assertThat(evil.diffIds()).isEqualTo(good.diffIds());
    assertThat(new String(good.image().configBytes(), UTF_8)).doesNotContain("evil", "SIGKILL");
    assertThat(Digest.of(evil.image().configBytes()))
        .isNotEqualTo(Digest.of(good.image().configBytes()));
  }

  @Test
  void ghsa_49p4_aLinkOfABaseImageLeadsNoCopyToTheHost() throws IOException {
    Files.writeString(outside.resolve("secret"), "of the host");
    workspace().link("out", outside.toString());
    workspace().link("file", outside.resolve("secret").toString());
    Path base = build("FROM scratch\nCOPY . /\n").layout();
    file("f", "mine");
    BuiltImage image =
        build(
            "FROM base\nCOPY f /out/secret\nCOPY f /file\nCOPY --link f /out/linked\n",
            request -> request.namedContext("base", "oci-layout://" + base));
    assertThat(outside.resolve("secret")).hasContent("of the host");
    assertThat(outside.resolve("linked")).doesNotExist();
    for (String source : List.of("/out/secret", "/file")) {
      BuildException missing =
          failure(
              "FROM scratch\nCOPY --from=base " + source + " /x\n",
              request -> request.namedContext("base", "oci-layout://" + base));
      assertThat(missing.getMessage()).contains("not found");
    }
    Entry own = image.tree().find(TreePath.of(outside + "/secret"));
    assertThat(own).isInstanceOf(RegularFile.class);
    try (InputStream in = ((RegularFile) own).content().open()) {
      assertThat(in.readAllBytes()).isEqualTo("mine".getBytes(UTF_8));
    }
  }
}
