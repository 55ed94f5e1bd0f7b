package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.dockerfile.Dockerfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlineTest {
  private final Dockerfile file =
      Lint.read(
              "# VERSION is the version of the base",
              "ARG VERSION=1 OTHER=x",
              "ARG IMAGE=base:$VERSION",
              "# tools has what builds",
              "FROM $IMAGE AS tools",
              "ARG DEBUG",
              "RUN --mount=type=secret,id=token,required --mount=type=ssh x",
              "FROM unused AS other",
              "ARG UNUSED",
              "# final is what ships",
              "FROM scratch AS final",
              "# MODE says how",
              "ARG MODE=fast TARGETARCH",
              "COPY --from=TOOLS /a /a",
              "RUN --mount=type=secret,target=/x/key --mount=type=bind,from=0,target=/y z")
          .orThrow();

  @Test
  void theOutlineOfAStageHasWhatItAndTheStagesBelowItTake() {
    Outline outline =
        Outline.of(
            file, file.stages().get(2), Lint.inputs().buildArgs(Map.of("DEBUG", "1")).build());
    assertThat(outline.name()).isEqualTo("final");
    assertThat(outline.description()).isEqualTo("is what ships");
    assertThat(outline.arguments())
        .extracting("name", "value", "description")
        .hasToString(
            "[(\"VERSION\", \"1\", \"is the version of the base\"), (\"IMAGE\", \"base:1\", \"\"),"
                + " (\"DEBUG\", \"1\", \"\"), (\"MODE\", \"fast\", \"says how\")]");
    assertThat(outline.secrets()).extracting("id").containsExactly("token", "key");
    assertThat(outline.secrets()).extracting("required").containsExactly(true, false);
    assertThat(outline.agents()).extracting("id").containsExactly("default");
  }

  @Test
  void whatIsGivenCountsMoreThanADefault() {
    Outline outline =
        Outline.of(
            file, file.stages().get(2), Lint.inputs().buildArgs(Map.of("MODE", "slow")).build());
    assertThat(outline.arguments())
        .extracting("name", "value")
        .contains(tuple("MODE", "slow"), tuple("DEBUG", null));
  }

  @Test
  void aDefaultSeesTheVariablesOfItsStage() {
    Dockerfile variables =
        Lint.read(
                "FROM scratch AS one",
                "ENV HOME=/home",
                "ARG A=1 B=$A-$HOME",
                "FROM ONE",
                "ARG C=$HOME/c")
            .orThrow();
    assertThat(Outline.of(variables, variables.stages().get(1), Lint.inputs().build()).arguments())
        .extracting("name", "value")
        .containsExactly(tuple("A", "1"), tuple("B", "1-/home"), tuple("C", "/home/c"));
  }

  @Test
  void mountsAreReadAsABuildReadsThem() {
    Dockerfile mounts =
        Lint.read(
                "FROM scratch",
                "ARG NAME=key",
                "RUN --mount=type=secret,destination=/run/a,required=1 a",
                "RUN --mount=type=secret,id=x,id=$NAME b",
                "RUN --mount=type=secret,source=c,required=false c",
                "RUN --mount=type=ssh,source=agent d",
                "RUN --mount=type=secret e")
            .orThrow();
    Outline outline = Outline.of(mounts, mounts.stages().get(0), Lint.inputs().build());
    assertThat(outline.secrets())
        .extracting("id", "required")
        .containsExactly(tuple("a", true), tuple("key", false), tuple("c", false));
    assertThat(outline.agents()).extracting("id").containsExactly("agent");
  }

  @Test
  void theLastDeclarationOfAnArgumentCountsWithTheValueThatItHasThere() {
    Dockerfile twice =
        Lint.read(
                "ARG A=1",
                "ARG B=${A}2 UNSET",
                "ARG C=${B}3",
                "FROM base:${UNSET:-latest} AS below",
                "ARG C",
                "ENV E=env",
                "ARG D=$E X=1 E=arg",
                "FROM below",
                "ARG D=again",
                "ARG C=own X",
                "ARG X=$E$C",
                "ARG TARGETARCH TARGETOS=mine")
            .orThrow();
    Outline outline = Outline.of(twice, twice.stages().get(1), Lint.inputs().build());
    assertThat(outline.arguments())
        .extracting(a -> a.span().line() + " " + a.name() + "=" + a.value())
        .containsExactly(
            "1 A=1",
            "2 B=12",
            "7 E=arg",
            "9 D=again",
            "10 C=own",
            "11 X=envown",
            "12 TARGETOS=mine");
    Outline below = Outline.of(twice, twice.stages().get(0), Lint.inputs().build());
    assertThat(below.arguments())
        .extracting(a -> a.span().line() + " " + a.name() + "=" + a.value())
        .containsExactly("1 A=1", "2 B=12", "3 C=123", "7 D=env", "7 X=1", "7 E=arg");
  }

  @Test
  void theTargetsAreTheStages() {
    assertThat(Outline.targets(file))
        .extracting("name", "description", "base", "isDefault")
        .hasToString(
            "[(\"tools\", \"has what builds\", \"$IMAGE\", false), (\"other\", \"\", \"unused\","
                + " false), (\"final\", \"is what ships\", \"scratch\", true)]");
  }
}
