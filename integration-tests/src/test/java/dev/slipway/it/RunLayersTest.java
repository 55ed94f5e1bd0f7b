package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.semantics.BuiltImage;
import dev.slipway.tree.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** B11: what commands leave in layers, history and cache. */
class RunLayersTest extends RunTest {
  @Test
  void item97aCommandWithoutEffectIsAnEmptyLayer() {
    BuiltImage image = build("FROM busybox\nRUN true\n");
    assertThat(image.layer(-1)).isEmpty();
    assertThat(image.history().get(image.history().size() - 1))
        .isEqualTo("+ RUN /bin/sh -c true # buildkit");
  }

  @Test
  void item98argumentsAreInTheHistory() {
    BuiltImage image =
        build("FROM busybox\nARG B=bb\nARG A=1\nENV E=2\nRUN [\"true\"]\nRUN echo  x\n");
    assertThat(image.history())
        .contains(
            "+ RUN |2 B=bb A=1 true # buildkit", "+ RUN |2 B=bb A=1 /bin/sh -c echo  x # buildkit");
  }

  @Test
  void item99whatIsDeletedAndReplaced() {
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN mkdir -p /d/s /e /g && echo 1 > /d/s/f && echo 2 > /e/f && echo 3 > /g/f && echo 4 > /h
            RUN rm -r /d/s && rm -r /e && mkdir /e && echo new > /e/n
            RUN rm -r /g && ln -s /e /g && rm /h && mkdir /h
            """);
    assertThat(image.has("/d/s")).isFalse();
    assertThat(image.text("/e/n")).isEqualTo("new\n");
    assertThat(image.has("/e/f")).isFalse();
    assertThat(image.files()).contains("777 0:0 g -> /e", "755 0:0 h/");
    assertThat(image.changes(-2)).anyMatch(change -> change instanceof Change.Whiteout);
  }

  @Test
  void item100directoriesAboveAreToldAsTheyAre() {
    BuiltImage image =
        build(
            "FROM busybox\nRUN mkdir -p /p/q && chmod 700 /p /p/q && chown 5:6 /p\nRUN touch /p/q/f\n");
    assertThat(image.layer(-1)).containsExactly("700 5:6 p/", "700 0:0 p/q/", "644 0:0 p/q/f = ");
  }

  @Test
  void item101theOtherNameOfAFileKeepsItsContent() {
    BuiltImage image =
        build("FROM busybox\nRUN echo 1 > /a && ln /a /b\nRUN rm /a\nRUN echo 2 >> /b\n");
    assertThat(image.entry("/b")).isNotNull();
    assertThat(image.text("/b")).isEqualTo("1\n2\n");
    assertThat(image.layer(-2)).containsExactly("- a");
  }

  @Test
  void item102aFileWithAnotherModeIsInTheLayerAgain() {
    BuiltImage image = build("FROM busybox\nRUN echo content > /f\nRUN chmod 600 /f\n");
    assertThat(image.layer(-1)).containsExactly("600 0:0 f = content\n");
  }

  @Test
  void item106whatACommandsKeyHolds() {
    String dockerfile =
        """
        FROM busybox
        ARG X=1
        COPY f /f
        RUN --mount=type=cache,id=%s,target=/c touch /ran
        """;
    file("f", "1");
    build(dockerfile.formatted("one"));
    assertThat(build(dockerfile.formatted("two")).log().done()).isEmpty();
    BuiltImage other = build(dockerfile.formatted("one"), r -> r.buildArg("X", "2"));
    assertThat(other.log().cached()).containsExactly("COPY f /f");
    assertThat(other.log().done()).hasSize(1);
    assertThat(build(dockerfile.formatted("one"), r -> r.addHost("h", "10.0.0.1")).log().done())
        .hasSize(1);
    assertThat(build(dockerfile.formatted("one"), r -> r.addHost("h", "10.0.0.2")).log().done())
        .isEmpty();
  }

  @Test
  void item108withoutCacheCacheMountsStartEmpty() {
    String dockerfile =
        """
        FROM busybox
        ARG N
        RUN --mount=type=cache,target=/c echo x >> /c/f && wc -l < /c/f > /count$N
        RUN --mount=type=cache,target=/c echo x >> /c/f && wc -l < /c/f > /count2
        """;
    assertThat(build(dockerfile, r -> r.noCache(true)).text("/count2").trim()).isEqualTo("2");
    assertThat(build(dockerfile, r -> r.noCache(true)).text("/count2").trim()).isEqualTo("2");
    assertThat(build(dockerfile, r -> r.buildArg("N", "3")).text("/count3").trim()).isEqualTo("3");
  }

  @Test
  void item103and104theSameStepsGiveTheSameImage() {
    String dockerfile = "FROM busybox\nRUN mkdir /d && echo 1 > /d/f && touch /g\n";
    BuiltImage one = rewritten(dockerfile);
    BuiltImage two = rewritten(dockerfile);
    assertThat(two.log().done()).hasSize(1);
    assertThat(two.digest()).isEqualTo(one.digest());
    assertThat(one.entry("/d/f").metadata().mtimeSeconds()).isEqualTo(1_000_000);
    assertThat(one.entry("/bin/busybox").metadata().mtimeSeconds()).isNotEqualTo(1_000_000);
  }

  private BuiltImage rewritten(String dockerfile) {
    return workspace()
        .build(
            dockerfile,
            Map.of("rewrite-timestamp", "true"),
            request -> {
              withBase(request);
              request.noCache(true).buildArg("SOURCE_DATE_EPOCH", "1000000");
            });
  }

  @Test
  void anUnchangedRebuildIsAllHitsAndTheSameImage() {
    String dockerfile =
        "FROM busybox AS a\nRUN date > /now\nFROM busybox\nCOPY --from=a /now /\nRUN cat /now\n";
    BuiltImage first = build(dockerfile);
    BuiltImage second = build(dockerfile);
    assertThat(second.log().done()).isEmpty();
    assertThat(second.digest()).isEqualTo(first.digest());
  }

  @Test
  void aShellFormWithoutAShellIsToldBeforeItStarts() {
    var failure = failure("FROM scratch\nCOPY <<x /f\nx\nRUN echo hello\n");
    assertThat(failure).hasMessageContaining("/bin/sh");
    assertThat(failure.hint()).contains("exec form");
    assertThat(failure.span().line()).isEqualTo(4);
  }
}
