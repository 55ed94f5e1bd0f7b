package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Platform;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import dev.slipway.semantics.InProcessBuilds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code --build-context} puts in the place of a stage or an image. */
class NamedContextsTest extends BuildTest {
  private String other(String name, String content) {
    InProcessBuilds other = workspace().neighbour(name);
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
  void aTargetIsAStageOfTheSameDockerfile() {
    file("f", "of a");
    BuiltImage image =
        build(
            """
            FROM scratch AS a
            COPY f /
            ENV x=1
            FROM o
            COPY --from=o f /copied
            """,
            request -> request.namedContext("o", "target:A"));
    assertThat(image.text("/f")).isEqualTo("of a");
    assertThat(image.text("/copied")).isEqualTo("of a");
    assertThat(image.config().env()).contains("x=1");
  }

  @Test
  void aTargetMayStandBelowTheStageThatUsesIt() {
    file("f", "of the later");
    BuiltImage image =
        build(
            """
            FROM o AS early
            ENV early=1
            FROM scratch AS later
            COPY f /
            FROM scratch
            COPY --from=early f /
            """,
            request -> request.namedContext("o", "target:later"));
    assertThat(image.text("/f")).isEqualTo("of the later");
  }

  @Test
  void aTargetStandsInForAStageAndItsTriggersCount() {
    file("f", "of the other");
    BuiltImage image =
        build(
            """
            FROM localhost:1/not/looked/up AS deps
            RUN not-run
            FROM scratch AS other
            COPY f /
            ONBUILD ENV triggered=1
            FROM deps
            COPY --from=0 f /copied
            """,
            request -> request.namedContext("deps", "target:other"));
    assertThat(image.text("/f")).isEqualTo("of the other");
    assertThat(image.text("/copied")).isEqualTo("of the other");
    assertThat(image.config().env()).contains("triggered=1");
  }

  @Test
  void aTargetThatIsNoStageIsRefusedWithTheNearest() {
    assertThat(
            failure(
                "FROM scratch AS build\nFROM scratch\nCOPY --from=o f /\n",
                request -> request.namedContext("o", "target:biuld")))
        .hasMessage("build context 'o' is stage 'biuld', which there is not")
        .extracting("hint")
        .asString()
        .contains("build");
  }

  @Test
  void aTargetThatNeedsItselfIsRefused() {
    assertThat(
            failure(
                "FROM o AS a\nFROM scratch\nCOPY --from=a f /\n",
                request -> request.namedContext("o", "target:a")))
        .hasMessageContaining("circular dependency detected on stage: a");
    assertThat(
            failure(
                "FROM scratch AS a\nFROM scratch AS b\n",
                request -> request.namedContext("a", "target:b").namedContext("b", "target:a")))
        .hasMessageContaining("circular dependency detected on stage");
  }
}
