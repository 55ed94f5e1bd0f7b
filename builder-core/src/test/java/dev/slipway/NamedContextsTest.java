package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Platform;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import dev.slipway.semantics.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code --build-context} puts in the place of a stage or an image. */
class NamedContextsTest extends BuildTest {
  private String other(String name, String content) {
    Workspace other = workspace().neighbour(name);
    other.file("f", content);
    other.close();
    return other.context().toString();
  }

  private String layout(String dockerfile) {
    Path layout = workspace().build(dockerfile).layout();
    return "oci-layout://" + layout;
  }

  @Test
  void aContextIsCopiedFromByItsName() {
    String other = other("other", "other");
    BuiltImage image =
        build("FROM scratch\nCOPY --from=o f /\n", request -> request.namedContext("o", other));
    assertThat(image.text("/f")).isEqualTo("other");
  }

  @Test
  void aContextStandsInForAStageWhoseLinesAreNotCarriedOut() {
    String other = other("other", "other");
    BuiltImage image =
        build(
            """
            FROM localhost:1/not/looked/up AS deps
            COPY --from=localhost:1/nor/this f /
            RUN not-run
            FROM scratch
            COPY --from=deps f /
            """,
            request -> request.namedContext("deps", other));
    assertThat(image.text("/f")).isEqualTo("other");
  }

  @Test
  void anImageStandsInForTheStageThatOthersStartFrom() {
    file("f", "of the layout");
    String layout = layout("FROM scratch\nCOPY f /\nENV here=1\n");
    BuiltImage image =
        build(
            "FROM scratch AS base\nENV gone=1\nFROM base\nLABEL a=b\n",
            request -> request.namedContext("base", layout));
    assertThat(image.text("/f")).isEqualTo("of the layout");
    assertThat(image.config().env()).contains("here=1").doesNotContain("gone=1");
  }

  @Test
  void anImageIsReplacedUnderAllItsSpellings() {
    file("f", "1");
    String layout = layout("FROM scratch\nCOPY f /\n");
    BuiltImage image =
        build(
            "FROM docker.io/library/alpine:latest\nLABEL a=b\n",
            request -> request.namedContext("alpine", layout));
    assertThat(image.text("/f")).isEqualTo("1");
  }

  @Test
  void aContextMayBeForOnePlatform() {
    String amd64 = other("amd64", "amd64");
    String arm64 = other("arm64", "arm64");
    String rest = other("rest", "rest");
    for (String architecture : new String[] {"amd64", "arm64", "riscv64"}) {
      BuiltImage image =
          build(
              "FROM scratch\nCOPY --from=o f /\n",
              request ->
                  request
                      .namedContext("o::linux/amd64", amd64)
                      .namedContext("o::linux/aarch64", arm64)
                      .namedContext("o", rest)
                      .platform(new Platform("linux", architecture)));
      assertThat(image.text("/f"))
          .isEqualTo(architecture.equals("riscv64") ? "rest" : architecture);
    }
  }

  @Test
  void aTargetIsRefusedByName() {
    assertThat(
            failure(
                "FROM scratch AS a\nFROM scratch\nCOPY --from=o f /\n",
                request -> request.namedContext("o", "target:a")))
        .hasMessage("build context 'o' is 'target:a': a target as context is not supported");
  }
}
