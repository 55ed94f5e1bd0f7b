package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** B4: stages. */
class StagesTest extends BuildTest {
  @Test
  void item42onlyWhatTheTargetNeedsIsBuilt() {
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM registry.invalid/none AS unneeded
            RUN make
            FROM scratch AS later
            COPY --from=after f /g
            FROM scratch AS after
            COPY f /f
            """);
    assertThat(image.log().done()).containsExactly("COPY f /f");
    assertThat(
            failure(
                """
                FROM scratch AS a
                COPY --from=b /f /f
                FROM scratch AS b
                COPY f /f
                FROM a
                """))
        .hasMessageContaining("b");
    assertThat(failure("FROM scratch AS a\nCOPY --from=a /f /f\n"))
        .hasMessageContaining("circular dependency");
  }

  @Test
  void item43aStageHidesAContextAndAnImage() {
    file("f", "main");
    InProcessBuilds other = workspace().neighbour("other");
    other.file("f", "named");
    BuiltImage image =
        build(
            """
            FROM scratch AS Golang
            COPY f /stage
            FROM scratch
            COPY --from=GOLANG /stage /a
            COPY --from=0 /stage /b
            COPY --from=files f /c
            """,
            request -> request.namedContext("files", other.context().toString()));
    assertThat(image.files())
        .containsExactly("644 0:0 a = main", "644 0:0 b = main", "644 0:0 c = named");
    other.close();
  }

  @Test
  void item44fromTakesNoVariables() {
    assertThat(failure("FROM scratch AS a\nFROM scratch\nARG X=a\nCOPY --from=$X /f /f\n"))
        .hasMessageContaining("define a new stage with FROM using ARG");
  }

  @Test
  void item45indicesCountFromZeroAndTheLastOfTwoNamesWins() {
    file("f", "1");
    file("g", "2");
    String stages = "FROM scratch AS x\nCOPY f /a\nFROM scratch AS x\nCOPY g /a\nFROM scratch\n";
    assertThat(build(stages + "COPY --from=0 /a /b\n").text("/b")).isEqualTo("1");
    assertThat(build(stages + "COPY --from=x /a /b\n").text("/b")).isEqualTo("2");
    assertThat(failure(stages + "COPY --from=2 /a /b\n")).hasMessageContaining("2");
  }

  @Test
  void item46namesAreLowerCasedAndAsIsAskedFor() {
    file("f", "1");
    assertThat(build("FROM scratch AS Build\nCOPY f /\nFROM build\n").text("/f")).isEqualTo("1");
    assertThat(failure("FROM golang builder\n").getMessage())
        .contains("FROM requires either one or three arguments")
        .contains("did you mean AS?");
  }

  @Test
  void item47theTargetIsAName() {
    file("f", "1");
    String stages = "FROM scratch AS build\nCOPY f /\nFROM scratch\n";
    assertThat(build(stages, request -> request.target("build")).has("/f")).isTrue();
    assertThat(failure(stages, request -> request.target("0")))
        .hasMessageContaining("target stage '0' could not be found");
    assertThat(failure(stages, request -> request.target("biuld")).hint()).contains("build");
  }

  @Test
  void item48aStageOnAStageHasItsConfigAndItsArguments() {
    BuiltImage image =
        build(
            """
            FROM scratch AS a
            ARG X=1
            ENV E=2
            LABEL l=3
            FROM a AS b
            ENV SEES=$X$E
            FROM scratch
            ENV NOT=${X:-unset}
            FROM b
            """);
    assertThat(image.config().env()).contains("SEES=12", "E=2");
    assertThat(image.config().labels()).containsEntry("l", "3");
    BuiltImage other = build("FROM scratch AS a\nARG X=1\nFROM scratch\nENV NOT=${X:-unset}\n");
    assertThat(other.config().env()).contains("NOT=unset");
  }

  @Test
  void item49aFileNeedsAStage() {
    assertThat(failure("ARG X=1\n")).hasMessageContaining("no stages to build");
    assertThat(failure("")).hasMessageContaining("empty");
    assertThat(failure("COPY a b\nFROM scratch\n")).hasMessageContaining("no build stage");
  }

  @Test
  void item50whatIsInheritedFromABase() {
    file("f", "1");
    BuiltImage base =
        build(
            """
            FROM scratch
            COPY f /f
            ENV A=1
            LABEL b=2
            USER 3
            WORKDIR /four
            VOLUME /five
            EXPOSE 6
            STOPSIGNAL SIGUSR1
            SHELL ["/s"]
            HEALTHCHECK CMD ["h"]
            ENTRYPOINT ["e"]
            CMD ["c"]
            ONBUILD ENV TRIGGERED=yes
            """);
    BuiltImage image =
        build(
            "FROM base\n",
            request -> request.namedContext("base", "oci-layout://" + base.layout()));
    var config = image.config();
    assertThat(config.env()).contains("A=1", "TRIGGERED=yes");
    assertThat(config.labels()).containsEntry("b", "2");
    assertThat(config.user()).isEqualTo("3");
    assertThat(config.workingDir()).isEqualTo("/four");
    assertThat(config.volumes()).containsExactly("/five");
    assertThat(config.exposedPorts()).containsExactly("6/tcp");
    assertThat(config.stopSignal()).isEqualTo("SIGUSR1");
    assertThat(config.shell()).isEqualTo(List.of("/s"));
    assertThat(config.healthcheck()).isEqualTo(base.config().healthcheck());
    assertThat(config.entrypoint()).containsExactly("e");
    assertThat(config.cmd()).containsExactly("c");
    assertThat(config.onBuild()).isEmpty();
    assertThat(image.diffIds()).isEqualTo(base.diffIds());
  }

  @Test
  void item50anImageWithoutLayersIsAsGoodAsScratch() {
    file("f", "1");
    BuiltImage empty = build("FROM scratch\nENV A=1\n");
    BuiltImage image =
        build(
            "FROM base\nCOPY f /f\n",
            request -> request.namedContext("base", "oci-layout://" + empty.layout()));
    assertThat(image.config().env()).contains("A=1");
    assertThat(image.files()).containsExactly("644 0:0 f = 1");
  }
}
