package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.StepOrder.Mount;
import dev.slipway.it.StepOrder.Outcome;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Links that a hostile image or step puts where something is mounted, unpacked or cleaned up. The
 * names in comments are those of the advisories.
 */
@ParameterizedClass
@EnumSource(names = {"ROOT", "ORDINARY_USER"})
class SandboxMountsTest extends StepsTests {

  // CVE-2026-41579
  @Test
  void aDeviceDirectoryThatIsALinkIsRefused() {
    Path host = steps.hostFolder("dev-target");
    for (String target : List.of(host.toString(), "/../../../../.." + host, "etc")) {
      LayerTar layer = new LayerTar().symlink("dev", target);
      Outcome outcome = steps.run(StepOrder.shell("echo x >/dev/null").on(layer));
      assertThat(outcome.error()).contains("'/dev' of the root filesystem is no directory");
    }
    assertUntouched(host);
  }

  // CVE-2019-16884, CVE-2023-27561
  @Test
  void kernelDirectoriesThatAreLinksAreRefused() {
    Path host = steps.hostFolder("proc-target");
    for (String name : List.of("proc", "sys")) {
      LayerTar layer = new LayerTar().symlink(name, host.toString());
      Outcome outcome = steps.run(StepOrder.shell("true").on(layer));
      assertThat(outcome.error()).contains("'/" + name + "' of the root filesystem");
    }
    assertUntouched(host);
  }

  // CVE-2025-31133, CVE-2025-52565
  @Test
  void devicesThatAreLinksInTheImageAreNotFollowed() {
    LayerTar layer =
        new LayerTar()
            .file("etc/victim", "safe")
            .directory("dev")
            .symlink("dev/null", "/etc/victim")
            .symlink("dev/console", "/etc/victim")
            .symlink("dev/pts", "/etc");
    Outcome outcome = steps.run(StepOrder.shell("echo gone >/dev/null; cat /etc/victim").on(layer));
    assertThat(outcome.output()).isEqualTo("safe");
  }

  // CVE-2021-30465, CVE-2019-19921
  @Test
  void mountTargetsThatAreLinksStayInTheRoot() {
    Path host = steps.hostFolder("mount-target");
    LayerTar layer =
        new LayerTar()
            .symlink("absolute", host.toString())
            .symlink("climbing", "../../../../../.." + host)
            .symlink("nested", "/absolute");
    LayerTar source = new LayerTar().file("planted", "x");
    for (String target : List.of("/absolute", "/climbing/below", "/nested/a/b")) {
      StepOrder order =
          StepOrder.shell("ls " + target).on(layer).with(Mount.bind(target, source, ""));
      assertThat(steps.run(order).output()).as(target).isEqualTo("planted\n");
    }
    assertUntouched(host);
  }

  // CVE-2024-23652
  @Test
  void cleaningUpAfterAStepFollowsNoLinkOfIts() {
    Path host = steps.hostFolder("cleanup-target");
    String command = "mv /a /b; ln -s " + host + " /a; ls /b";
    StepOrder order =
        StepOrder.shell(command).with(Mount.secret("/a/precious", new byte[1], 0400, 0, 0));
    Outcome outcome = steps.run(order);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.changes())
        .containsExactly("put /a symlink 777 0:0", "put /b directory 755 0:0");
    assertUntouched(host);
  }

  // CVE-2024-1753
  @Test
  void theSourceOfABindIsLookedForInItsOwnRoot() {
    LayerTar source =
        new LayerTar()
            .file("mark", "mine")
            .symlink("root", "/")
            .symlink("climbing", "../../../../../..")
            .symlink("host", "/etc");
    for (String link : List.of("/root", "/climbing", "root/root")) {
      StepOrder order = StepOrder.shell("cat /m/mark").with(Mount.bind("/m", source, link));
      assertThat(steps.run(order).output()).as(link).isEqualTo("mine");
    }
    StepOrder missing = StepOrder.shell("ls /m").with(Mount.bind("/m", source, "/host"));
    assertThat(steps.run(missing).error()).contains("not found in the mount's source");
  }

  // CVE-2025-4953
  @Test
  void whatIsWrittenToABindIsThrownAway() {
    LayerTar source = new LayerTar().file("f", "old");
    StepOrder order =
        StepOrder.shell("echo new >/m/f; echo x >/m/g; cat /m/f")
            .with(Mount.writableBind("/m", source, ""));
    Outcome outcome = steps.run(order);
    assertThat(outcome.output()).isEqualTo("new\n");
    assertThat(outcome.changes()).isEmpty();
    StepOrder again = StepOrder.shell("cat /m/f; echo x >/m/f").with(Mount.bind("/m", source, ""));
    assertThat(steps.run(again).output()).contains("old").contains("Read-only file system");
  }

  // CVE-2024-9675, CVE-2024-23651
  @Test
  void aPartOfACacheStaysInTheCache() {
    Path host = steps.hostFolder("cache-target");
    StepOrder planting =
        StepOrder.shell("ln -s / /c/a; ln -s " + host + " /c/b; echo kept >/c/f")
            .with(Mount.cache("/c", "cache-escape", ""));
    assertThat(steps.run(planting).exitCode()).isZero();
    StepOrder root = StepOrder.shell("ls /c").with(Mount.cache("/c", "cache-escape", "a"));
    assertThat(steps.run(root).output().lines()).containsExactly("a", "b", "f");
    StepOrder folder = StepOrder.shell("ls /c").with(Mount.cache("/c", "cache-escape", "b"));
    assertThat(steps.run(folder).output()).doesNotContain("precious");
    StepOrder climbing = StepOrder.shell("ls /c").with(Mount.cache("/c", "cache-escape", "../.."));
    assertThat(steps.run(climbing).output().lines()).containsExactly("a", "b", "f");
    assertUntouched(host);
  }

  @Test
  void aSecretIsInNoLayerAndOnNoDisk() throws IOException {
    byte[] secret = "correct horse battery staple".getBytes(StandardCharsets.UTF_8);
    StepOrder order =
        StepOrder.shell("stat -c %a:%u:%g /run/secrets/s; cat /run/secrets/s; mount | grep s/s")
            .with(Mount.secret("/run/secrets/s", secret, 0400, 5, 6));
    Outcome outcome = steps.run(order);
    assertThat(outcome.output()).startsWith("400:5:6\ncorrect horse").contains("tmpfs");
    assertThat(outcome.changes()).isEmpty();
    try (Stream<Path> files = Files.walk(Path.of(outcome.upper()).getParent())) {
      assertThat(files.filter(Files::isReadable).filter(Files::isRegularFile))
          .noneMatch(file -> contains(file, secret));
    }
  }

  private static boolean contains(Path file, byte[] text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(new String(text, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void anAgentIsReachedThroughASocketOfTheStepsOwn() throws Exception {
    Machine.require("musl-gcc");
    Path socket = steps.hostFolder("agent").resolve("s");
    LayerTar client = new LayerTar().file("client", compiled(AGENT_CLIENT), 0755);
    try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.bind(UnixDomainSocketAddress.of(socket));
      Processes.command("chmod", "600", socket.toString()).run().orFail();
      Processes.command("chown", "--reference=" + socket.getParent(), socket.toString()).run();
      Thread answering = new Thread(() -> answer(agent));
      answering.start();
      StepOrder order =
          StepOrder.shell("stat -c '%F %a %u:%g' /run/a; /client /run/a")
              .on(client)
              .as(1000, 1000)
              .with(Mount.ssh("/run/a", socket.toString(), 0600, 1000, 1000));
      Outcome outcome = steps.run(order);
      assertThat(outcome.output()).isEqualTo("socket 600 1000:1000\npong\n");
      assertThat(outcome.changes()).isEmpty();
    }
  }

  private static final String AGENT_CLIENT =
      """
      #include <string.h>
      #include <sys/socket.h>
      #include <sys/un.h>
      #include <unistd.h>
      int main(int argc, char **argv) {
        struct sockaddr_un to = {AF_UNIX};
        char text[99];
        strcpy(to.sun_path, argv[1]);
        int s = socket(AF_UNIX, SOCK_STREAM, 0);
        if (connect(s, (struct sockaddr *)&to, sizeof to)) return 1;
        write(s, "\\0\\0\\0\\1\\23", 5); // delete all keys
        if (read(s, text, sizeof text) != 5 || text[4] != 5) return 2;
        write(s, "\\0\\0\\0\\1\\13", 5); // list them
        long n = read(s, text, sizeof text) - 4;
        return write(1, text + 4, n) != n;
      }
      """;

  private static byte[] compiled(String source) throws IOException {
    Path program = Files.createTempFile("slipway-it", null);
    try {
      Processes.command("musl-gcc", "-static", "-o", program.toString(), "-xc", "-")
          .reading(source.getBytes(StandardCharsets.UTF_8))
          .run()
          .orFail();
      return Files.readAllBytes(program);
    } finally {
      Files.delete(program);
    }
  }

  private static void answer(ServerSocketChannel agent) {
    try (SocketChannel client = agent.accept()) {
      ByteBuffer request = ByteBuffer.allocate(5);
      while (request.hasRemaining() && client.read(request) >= 0) {
        // until all of it is there
      }
      String answer = request.get(4) == 11 ? "\0\0\0\5pong\n" : "\0\0\0\5what\n";
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      // the test has ended
    }
  }

  @Test
  void aLayerCannotWriteOutsideItsDirectory() {
    Path host = steps.hostFolder("layer-target");
    List<LayerTar> layers =
        List.of(
            new LayerTar().symlink("d", host.toString()).file("d/precious", "gone"),
            new LayerTar().symlink("d", "../../../../../.." + host).file("d/precious", "gone"),
            new LayerTar().link("h", host + "/precious").file("h", "gone"));
    for (LayerTar layer : layers) {
      steps.run(StepOrder.shell("true").on(layer)); // refused or kept inside
      assertUntouched(host);
    }
  }

  @Test
  void aMemberThatTheStoreCannotHoldIsNamed() {
    Outcome longName =
        steps.run(StepOrder.shell("true").on(new LayerTar().file("n".repeat(300), "")));
    assertThat(longName.error())
        .contains("cannot unpack '/nnnn")
        .contains("…' of a layer into the store: file name too long");
    LayerTar belowFile = new LayerTar().file("a", "x").file("a/b", "y");
    assertThat(steps.run(StepOrder.shell("true").on(belowFile)).error())
        .isEqualTo("cannot unpack '/a/b' of a layer into the store: not a directory");
  }

  @Test
  void attributesThatMeanSomethingToAnOverlayAreNotTakenFromALayer() {
    LayerTar layer =
        new LayerTar()
            .directory("secret")
            .file(
                "f",
                "x",
                Map.of("trusted.overlay.redirect", "/secret", "user.overlay.opaque", "y"));
    Outcome outcome = steps.run(StepOrder.shell("cat /f").on(layer));
    assertThat(outcome.output()).isEqualTo("x");
  }

  @Test
  void theDeviceThatMarksDeletionsIsRefusedInALayer() {
    Outcome outcome = steps.run(StepOrder.shell("true").on(new LayerTar().device("bin", 0, 0)));
    assertThat(outcome.started()).isFalse();
  }

  private static void assertUntouched(Path host) {
    try (Stream<Path> files = Files.list(host)) {
      assertThat(files).containsExactly(host.resolve("precious"));
      assertThat(host.resolve("precious")).hasContent("untouched");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
