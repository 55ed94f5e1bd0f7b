package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests of a real registry, written into Dockerfiles. */
class PinTest {
  @TempDir Path temporary;
  private Registry registry;
  private Slipway slipway;
  private Path dockerfile;

  @BeforeEach
  void pushAnImage() throws IOException {
    registry = Registry.start(temporary);
    slipway = Slipway.storingIn(temporary.resolve("store"));
    dockerfile = temporary.resolve("Dockerfile");
    push("one");
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  private void push(String content) throws IOException {
    Path context = Files.createTempDirectory(temporary, "context");
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY file /\n");
    Files.writeString(context.resolve("file"), content);
    slipway.build("-t", base(), "--push", context).orFail();
  }

  private String base() {
    return registry.address() + "/it/base:1.0";
  }

  private String digest() {
    Machine.require("skopeo");
    return Processes.command(
            "skopeo", "inspect", "--tls-verify=false", "--format={{.Digest}}", "docker://" + base())
        .run()
        .orFail()
        .text()
        .strip();
  }

  private Ended pin(Object... words) {
    return slipway.process("pin", words).run();
  }

  @Test
  void onlyTheNamesOfImagesAreChanged() throws IOException {
    String text =
        """
        \uFEFF# äöü: a comment\r
        ARG VARIANT=1.0
          from   BASE   as Build  \t
        RUN --mount=type=bind,from=BASE,target=/m \\
            echo "FROM BASE"
        FROM build
        COPY --from=BASE /file /a
        COPY --from=build /file /b
        COPY --from=0 /file /c
        FROM scratch
        """;
    Files.writeString(dockerfile, text.replace("BASE", base()));

    pin("--write", dockerfile).orFail();

    String pinned = base() + "@" + digest();
    String expected =
        text.replace("echo \"FROM BASE\"", "echo \"FROM KEPT\"")
            .replace("BASE", pinned)
            .replace("KEPT", base());
    assertThat(Files.readAllBytes(dockerfile)).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
    assertThat(pin("--check", dockerfile).exitCode()).isZero();
    assertThat(pin(dockerfile).orFail().text()).isEqualTo(expected);
  }

  @Test
  void aTagThatMovedIsToldAndPinnedAnew() throws IOException {
    Files.writeString(dockerfile, "FROM " + base() + "@" + digest() + "\n");
    String before = digest();
    push("two");

    Ended check = pin("--check", dockerfile);
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.errors()).contains("line 1  moved").contains(before).contains(digest());

    pin("--write", dockerfile).orFail();
    assertThat(dockerfile).hasContent("FROM " + base() + "@" + digest() + "\n");
  }

  @Test
  void whatCannotBePinnedIsToldWithTheReason() throws IOException {
    String text = "ARG BASE=" + base() + "\nFROM $BASE\n";
    Files.writeString(dockerfile, text);

    Ended ended = pin("-f", dockerfile, "-o", temporary.resolve("out")).orFail();

    assertThat(ended.errors()).contains("line 2  not pinned  $BASE: it depends on an argument");
    assertThat(temporary.resolve("out")).hasContent(text);
    assertThat(pin("--check", dockerfile).exitCode()).isEqualTo(1);
  }

  @Test
  void anImageThatIsNotThereIsAnError() throws IOException {
    Files.writeString(dockerfile, "FROM " + registry.address() + "/it/none:1\n");

    Ended ended = pin("--write", dockerfile);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors()).contains("it/none:1");
    assertThat(dockerfile).hasContent("FROM " + registry.address() + "/it/none:1\n");
  }
}
