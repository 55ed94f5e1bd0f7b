package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** B11: layers, history, cache. */
class LayersTest extends BuildTest {
  @Test
  void item97eachStepIsALayerAlsoAnEmptyOne() {
    file("f", "1");
    BuiltImage image =
        build("FROM scratch\nWORKDIR /w\nCOPY none* /\nWORKDIR /w\nENV A=1\nCOPY f /\n");
    assertThat(image.layerCount()).isEqualTo(4);
    assertThat(image.layer(1)).isEmpty();
    assertThat(image.imageConfig().history().stream().filter(entry -> !entry.emptyLayer()))
        .hasSize(4);
    assertThat(image.diffIds()).hasSize(4);
  }

  @Test
  void item98whatTheHistoryTells() {
    file("f1", "1");
    BuiltImage image =
        build(
            """
            FROM scratch
            ARG X=1
            ARG Y
            ENV A=$X B="b c"
            COPY --chown=1:2 f1 /
            WORKDIR /w
            LABEL l=m
            USER u
            EXPOSE 80
            VOLUME /v
            STOPSIGNAL 9
            SHELL ["/s", "-c"]
            ENTRYPOINT e
            CMD ["x", "y"]
            """);
    assertThat(image.history())
        .containsExactly(
            "- ARG X=1",
            "- ARG Y",
            "- ENV A=1 B=b c",
            "+ COPY --chown=1:2 f1 / # buildkit",
            "+ WORKDIR /w",
            "- LABEL l=m",
            "- USER u",
            "- EXPOSE [80/tcp]",
            "- VOLUME [/v]",
            "- STOPSIGNAL 9",
            "- SHELL [/s -c]",
            "- ENTRYPOINT [\"/s\" \"-c\" \"e\"]",
            "- CMD [\"x\" \"y\"]");
  }

  @Test
  void item99aFileTakesTheDirectorysPlaceInTheNextLayer() throws IOException {
    BuiltImage base = build("FROM scratch\nCOPY <<x /d/f\nx\n");
    Files.createSymbolicLink(workspace().context().resolve("d"), Path.of("/elsewhere"));
    // --link does not look at what is below, so the link stands where the directory was.
    BuiltImage image =
        build(
            "FROM base\nCOPY --link . /\n",
            request -> request.namedContext("base", "oci-layout://" + base.layout()));
    assertThat(image.files()).containsExactly("777 0:0 d -> /elsewhere");
  }

  @Test
  void item100directoriesAboveAreToldAsTheyAre() {
    file("f", "1");
    BuiltImage image =
        build("FROM scratch\nCOPY --chmod=750 --chown=5:6 f /a/b/f\nCOPY f /a/b/g\n");
    assertThat(image.layer(1)).containsExactly("750 5:6 a/", "750 5:6 a/b/", "644 0:0 a/b/g = 1");
  }

  @Test
  void item103theSameInputGivesTheSameBlob() throws IOException {
    file("d/b", "1");
    file("d/a", "2");
    Files.setLastModifiedTime(
        workspace().context().resolve("d/a"), FileTime.from(Instant.ofEpochSecond(100, 999)));
    BuiltImage first = build("FROM scratch\nCOPY d /\n", request -> request.noCache(true));
    BuiltImage second = build("FROM scratch\nCOPY d /\n", request -> request.noCache(true));
    assertThat(second.image().layers()).isEqualTo(first.image().layers());
    assertThat(first.layer(0)).containsExactly("644 0:0 a = 2", "644 0:0 b = 1");
    assertThat(first.entry("/a").metadata().mtimeNanos()).isZero();
  }

  @Test
  void item104sourceDateEpochDatesTheImageNotTheFiles() throws IOException {
    Files.setLastModifiedTime(file("f", "1"), FileTime.from(Instant.ofEpochSecond(2_000_000)));
    String dockerfile = "FROM scratch\nCOPY f /d/f\nWORKDIR /w\n";
    BuiltImage image =
        build(dockerfile, request -> request.buildArg("SOURCE_DATE_EPOCH", "1000000"));
    assertThat(image.imageConfig().created()).isEqualTo("1970-01-12T13:46:40Z");
    assertThat(image.imageConfig().history())
        .allMatch(entry -> entry.created().equals("1970-01-12T13:46:40Z"));
    assertThat(image.entry("/d/f").metadata().mtimeSeconds()).isEqualTo(2_000_000);
    assertThat(image.entry("/w").metadata().mtimeSeconds()).isEqualTo(1_000_000);
    BuiltImage again =
        build(
            dockerfile, request -> request.buildArg("SOURCE_DATE_EPOCH", "1000000").noCache(true));
    assertThat(again.digest()).isEqualTo(image.digest());
  }

  @Test
  void item105nameAndContentOfASourceCountButNotTheWayToIt() {
    file("a/f", "1");
    file("b/f", "1");
    build("FROM scratch\nARG D=a\nCOPY $D/f /x/\n");
    assertThat(
            build("FROM scratch\nARG D=a\nCOPY $D/f /x/\n", r -> r.buildArg("D", "b"))
                .log()
                .cached())
        .hasSize(1);
    file("a/g", "1");
    assertThat(build("FROM scratch\nCOPY a/g /x/\n").has("/x/g")).isTrue();
    file("a/f", "2");
    assertThat(build("FROM scratch\nARG D=a\nCOPY $D/f /x/\n").text("/x/f")).isEqualTo("2");
    assertThat(build("FROM scratch\nCOPY a/f /y/\n").has("/y/f")).isTrue();
  }

  @Test
  void item105aWildcardThatMatchesAnotherNameIsNoHit() {
    Path one = file("w1/a", "1");
    assertThat(build("FROM scratch\nCOPY w1/* /x/\n").has("/x/a")).isTrue();
    assertThat(one.toFile().renameTo(one.resolveSibling("b").toFile())).isTrue();
    BuiltImage renamed = build("FROM scratch\nCOPY w1/* /x/\n");
    assertThat(renamed.files()).containsExactly("755 0:0 x/", "644 0:0 x/b = 1");
  }

  @Test
  void item107theBaseCountsByItsContentNotItsName() {
    file("f", "1");
    BuiltImage one = build("FROM scratch\nCOPY <<x /base\none\nx\n");
    BuiltImage two = build("FROM scratch\nCOPY <<x /base\ntwo\nx\n");
    String dockerfile = "FROM base\nCOPY f /f\n";
    build(dockerfile, r -> r.namedContext("base", "oci-layout://" + one.layout()));
    BuiltImage other =
        build(dockerfile, r -> r.namedContext("base", "oci-layout://" + two.layout()));
    assertThat(other.text("/base")).isEqualTo("two\n");
    assertThat(other.log().cached()).isEmpty();
    BuiltImage same =
        build(dockerfile, r -> r.namedContext("base", "oci-layout://" + one.layout()));
    assertThat(same.log().cached()).hasSize(1);
  }

  @Test
  void item105aFileIsNotADirectoryThatHoldsIt() {
    file("d/f", "1");
    build("FROM scratch\nCOPY d/f /x\n");
    BuiltImage image = build("FROM scratch\nCOPY d /x\n");
    assertThat(image.log().cached()).isEmpty();
  }

  @Test
  void item107configOnlyLinesAreOfThisBuildWhateverTheCacheHolds() {
    file("f", "1");
    build("FROM scratch\nHEALTHCHECK CMD [\"old\"]\nENV A=old\nCOPY f /\n");
    BuiltImage image = build("FROM scratch\nHEALTHCHECK CMD [\"new\"]\nENV A=new\nCOPY f /\n");
    assertThat(image.config().healthcheck().test()).containsExactly("CMD", "new");
    assertThat(image.config().env()).contains("A=new");
  }

  @Test
  void item108noCacheOfOneStageLeavesTheOthersAlone() {
    file("f", "1");
    String dockerfile =
        "FROM scratch AS a\nCOPY f /a\nFROM scratch AS b\nCOPY f /b\nCOPY --from=a /a /a\n";
    build(dockerfile);
    BuiltImage image = build(dockerfile, request -> request.noCacheStage("B"));
    assertThat(image.log().cached()).containsExactly("COPY f /a");
    assertThat(image.log().done()).containsExactly("COPY f /b", "COPY --from=a /a /a");
    assertThat(build(dockerfile, request -> request.noCache(true)).log().cached()).isEmpty();
  }

  @Test
  void anUnchangedRebuildIsAllHitsAndTheSameImage() {
    file("f", "1");
    String dockerfile =
        "FROM scratch AS a\nWORKDIR /w\nCOPY f .\nFROM scratch\nCOPY --from=a /w /\nADD f /g\n";
    BuiltImage first = build(dockerfile);
    BuiltImage second = build(dockerfile);
    assertThat(second.log().done()).isEmpty();
    assertThat(second.log().cached()).hasSize(4);
    assertThat(second.digest()).isEqualTo(first.digest());
  }
}
