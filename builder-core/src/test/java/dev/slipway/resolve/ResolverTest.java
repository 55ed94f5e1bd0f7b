package dev.slipway.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans of Dockerfiles with several stages, images and contexts. */
class ResolverTest {
  private static final ContainerConfig PLAIN = ContainerConfig.EMPTY;

  private final Plans plans = new Plans();

  @Test
  void onlyTheStagesThatTheTargetNeedsArePlanned() {
    assertThat(
            plans
                .image("base", PLAIN)
                .dump(
                    """
                    FROM base AS one
                    RUN make
                    FROM nowhere AS two
                    FROM scratch
                    COPY --from=one /a /b/
                    COPY --from=0 /a c
                    """))
        .isEqualTo(
            """
            0 "one" linux/amd64 on base
              RUN make
            2 "stage-2" linux/amd64 on scratch
              COPY --from=one /a /b/ | stage 0:/a -> /b/
              COPY --from=0 /a c | stage 0:/a -> /c
            """);
  }

  @Test
  void aStageHidesTheImageOfItsNameFromThoseBelow() {
    assertThat(
            plans
                .image("golang", PLAIN)
                .dump("FROM golang AS golang\nFROM golang\nCOPY --from=GoLang / /\n"))
        .isEqualTo(
            """
            0 "golang" linux/amd64 on golang
            1 "stage-1" linux/amd64 on stage 0
              COPY --from=GoLang / / | stage 0:/ -> /
            """);
  }

  @Test
  void triggersOfAnImageGoBeforeTheStagesOwnLines() {
    ContainerConfig base = PLAIN.toBuilder().onBuild(List.of("COPY . /src", "RUN make")).build();
    plans.image("base", base);
    assertThat(plans.dump("FROM base\nRUN own\n"))
        .isEqualTo(
            """
            0 "" linux/amd64 on base
              COPY . /src | main:. -> /src
              RUN make
              RUN own
            """);
    assertThat(plans.plan("FROM base\n").target().config().config().onBuild()).isEmpty();
  }

  @Test
  void triggersOfAStageAreCarriedOutByItsChildrenOnlyAndMayNeedOtherStages() {
    assertThat(
            plans.dump(
                """
                FROM scratch AS tools
                COPY t /
                FROM scratch AS parent
                ONBUILD COPY --from=tools t /
                FROM parent AS child
                FROM child
                LABEL a=b
                """))
        .isEqualTo(
            """
            0 "tools" linux/amd64 on scratch
              COPY t / | main:t -> /
            1 "parent" linux/amd64 on scratch
            2 "child" linux/amd64 on stage 1
              COPY --from=tools t / | stage 0:t -> /
            3 "stage-3" linux/amd64 on stage 2
            """);
  }

  @Test
  void contextsReplaceImagesAndStages() {
    plans
        .context("files", new NamedContexts.NamedContext.Files("files"))
        .context(
            "alpine",
            new NamedContexts.NamedContext.Image(Plans.resolved("mine", PLAIN, Plans.AMD64)));
    assertThat(
            plans.dump(
                """
                FROM nowhere AS files
                COPY --from=nowhere-too a /
                FROM alpine
                COPY --from=files a /
                COPY --from=alpine b /
                """))
        .isEqualTo(
            """
            0 "files" linux/amd64 on context files
            1 "stage-1" linux/amd64 on mine
              COPY --from=files a / | stage 0:a -> /
              COPY --from=alpine b / | mine:b -> /
            """);
  }

  @Test
  void aContextMayBeNoFilesAtAll() {
    plans.context("alpine", new NamedContexts.NamedContext.Scratch());
    assertThat(plans.dump("FROM alpine AS a\nFROM a\n"))
        .isEqualTo(
            """
            0 "a" linux/amd64 on scratch
            1 "stage-1" linux/amd64 on stage 0
            """);
  }

  @Test
  void anImageForWindowsHasItsShellAndItsPaths() {
    ContainerConfig config =
        plans
            .platform(Platform.parse("windows(10.0.1)/amd64", Plans.AMD64))
            .plan("FROM scratch\nWORKDIR /a/b\nCMD one two\n")
            .target()
            .config()
            .config();
    assertThat(config.cmd()).containsExactly("cmd", "/S", "/C", "one two");
    assertThat(config.workingDir()).isEqualTo("\\a\\b");
    assertThat(config.env()).isEmpty();
  }

  @Test
  void pathsOfAnImageForWindowsLoseTheirDriveAndTheirBackslashes() {
    PlannedStage stage =
        plans
            .platform(Platform.parse("windows/amd64", Plans.AMD64))
            .plan("# escape=`\nFROM scratch\nWORKDIR C:\\a\nCOPY f c:\\x\\y\\\nCOPY f sub\\g\n")
            .target();
    assertThat(stage.config().config().workingDir()).isEqualTo("\\a");
    assertThat(stage.steps())
        .filteredOn(Step.Copy.class::isInstance)
        .extracting(step -> ((Step.Copy) step).destination())
        .containsExactly("/x/y/", "/a/sub/g");
  }

  @Test
  void theVersionOfASystemIsKeptInThePlatformAndInArguments() {
    ImageConfig config =
        plans
            .platform(Platform.parse("windows(10.0.1)/amd64", Plans.AMD64))
            .plan(
                "FROM scratch\nARG TARGETPLATFORM TARGETOSVERSION\n"
                    + "LABEL for=$TARGETPLATFORM version=$TARGETOSVERSION\n")
            .target()
            .config();
    assertThat(config.platform().osVersion()).isEqualTo("10.0.1");
    assertThat(config.config().labels())
        .containsEntry("for", "windows(10.0.1)/amd64")
        .containsEntry("version", "10.0.1");
  }

  @Test
  void platformsComeFromTheRequestTheLineOrTheBase() {
    assertThat(
            plans
                .image("base", PLAIN)
                .platform(new Platform("linux", "arm64"))
                .dump(
                    """
                    FROM --platform=$BUILDPLATFORM base AS build
                    ARG TARGETARCH
                    RUN make $TARGETARCH
                    FROM build AS more
                    FROM base
                    COPY --from=more a /
                    """))
        .isEqualTo(
            """
            0 "build" linux/amd64 on base
              RUN make $TARGETARCH
            1 "more" linux/amd64 on stage 0
            2 "stage-2" linux/arm64 on base
              COPY --from=more a / | stage 1:a -> /
            """);
  }

  @Test
  void aStageOnAnotherSeesItsArgumentsAndAnUnrelatedOneDoesNot() {
    assertThat(plans.env("FROM scratch AS a\nARG X=1\nFROM a\nENV E=$X\n", "E")).isEqualTo("1");
    assertThat(plans.env("FROM scratch AS a\nARG X=1\nFROM scratch\nENV E=$X\n", "E")).isEmpty();
  }

  @Test
  void aGlobalArgumentIsSeenWhereItIsDeclaredAgain() {
    plans.arg("GIVEN", "given");
    String dockerfile = "ARG A=1\nARG B=$A-$GIVEN\nARG GIVEN\nARG C=$A-$GIVEN\nFROM scratch\n";
    assertThat(plans.env(dockerfile + "ENV E=[$A]\n", "E")).isEqualTo("[]");
    assertThat(plans.env(dockerfile + "ARG B\nENV E=$B\n", "E")).isEqualTo("1-");
    assertThat(plans.env(dockerfile + "ARG C\nENV E=$C\n", "E")).isEqualTo("1-given");
  }

  @Test
  void aTargetIsNamedInAnyCase() {
    assertThat(plans.target("A").dump("FROM scratch AS a\nFROM scratch\nRUN x\n"))
        .isEqualTo("0 \"a\" linux/amd64 on scratch\n");
  }
}
