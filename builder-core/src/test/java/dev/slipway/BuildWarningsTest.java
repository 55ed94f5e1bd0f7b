package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.semantics.BuildLog;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a build says of its Dockerfile, not of the image, beside building it. */
class BuildWarningsTest extends BuildTest {
  private static List<String> codes(BuiltImage image) {
    return image.result().warnings().stream()
        .map(Diagnostic::code)
        .filter(code -> !"StartCheck".equals(code))
        .toList();
  }

  @Test
  void aBuildTellsWhatLintFindsAndGoesOn() {
    BuiltImage image = build("FROM scratch as a\nENV x y\nCMD run\n");
    assertThat(codes(image))
        .startsWith("FromAsCasing", "LegacyKeyValueFormat", "JSONArgsRecommended");
    assertThat(image.log().warnings()).isEqualTo(image.result().warnings());
  }

  @Test
  void eachFindingIsToldOnceWhateverTheNumberOfPlatforms() {
    BuiltImage image =
        build(
            "FROM scratch\nENV x $y\nENV a=$TARGETARCH\n",
            request ->
                request
                    .platform(new Platform("linux", "amd64"))
                    .platform(new Platform("linux", "arm64")));
    assertThat(codes(image))
        .containsExactlyInAnyOrder("LegacyKeyValueFormat", "UndefinedVar", "UndefinedVar");
  }

  @Test
  void aStageThatIsToBeBuiltWithoutTheCacheHasToExist() {
    String dockerfile = "FROM scratch AS Made\nFROM made\nCOPY --from=made . /\n";
    assertThat(build(dockerfile, request -> request.noCacheStage("made")).result().warnings())
        .noneMatch(warning -> warning.message().contains("cache"));
    assertThat(build(dockerfile, request -> request.noCacheStage("mede")).result().warnings())
        .anySatisfy(
            warning -> {
              assertThat(warning.message())
                  .isEqualTo("no stage is called 'mede', which is to be built without the cache");
              assertThat(warning.hint()).isEqualTo("did you mean 'made'?");
            });
  }

  @Test
  void whatIsMistypedIsToldBeforeAnythingIsBuilt() {
    assertThat(
            failure("FROM scratch\n", request -> request.namedContext("x", "/no/such"))
                .getMessage())
        .isEqualTo("build context 'x': directory \"/no/such\" not found");
    assertThat(
            failure(
                    "FROM scratch\n",
                    request -> request.secret(new SecretSource.FromFile("s", Path.of("/no/such"))))
                .getMessage())
        .isEqualTo("secret 's': \"/no/such\" not found");
    assertThat(failure("FROM scratch\n", request -> request.ulimit("nofile", "9:8")).getMessage())
        .startsWith("invalid ulimit 'nofile=9:8'");
    assertThat(
            failure("FROM scratch\n", request -> request.ssh("a", Path.of("/no/such")))
                .getMessage())
        .isEqualTo("ssh agent 'a': \"/no/such\" not found");
  }

  @Test
  void onlyStagesThatAreBuiltAreLookedInto() {
    assertThat(codes(build("FROM scratch AS a\nENV x y\nFROM scratch\nLABEL a=b\n"))).isEmpty();
  }

  @Test
  void theIgnoreFileOfTheContextIsKnown() {
    file(".dockerignore", "*\n");
    assertThat(codes(build("FROM scratch\nCOPY . /\n"))).contains("CopyIgnoredFile");
  }

  @Test
  void findingsAreToldOfAFileThatCannotBePlanned() {
    BuildLog log = new BuildLog();
    BuildRequest request = workspace().request("FROM scratch\nENV x y\nEXPOSE a\n").build();
    assertThatThrownBy(() -> workspace().builder().build(request, log, new Cancellation()))
        .hasMessageContaining("invalid containerPort");
    assertThat(log.warnings()).extracting(Diagnostic::code).contains("LegacyKeyValueFormat");
  }

  @Test
  void findingsAboveASyntaxErrorAreToldBesideIt() {
    BuildLog log = new BuildLog();
    assertThatThrownBy(
            () ->
                workspace()
                    .builder()
                    .build(
                        workspace()
                            .request("FROM scratch AS Upper\nMAINTAINER me\nNONSENSE\nENV a b\n")
                            .build(),
                        log,
                        new Cancellation()))
        .hasMessageContaining("unknown instruction: NONSENSE");
    assertThat(log.warnings())
        .extracting(Diagnostic::code)
        .containsExactly("StageNameCasing", "MaintainerDeprecated");
  }

  @Test
  void findingsFailTheBuildWhereTheFileAsksForIt() {
    BuildException failure = failure("# check=error=true\nFROM scratch\nENV x y\nCMD run\n");
    assertThat(failure).isInstanceOf(DiagnosticsException.class);
    assertThat(((DiagnosticsException) failure).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "lint violation found for rules: LegacyKeyValueFormat, JSONArgsRecommended");
  }

  @Test
  void aBuildArgumentSaysWhichRulesCountInsteadOfTheFile() {
    BuiltImage image =
        build(
            "# check=error=true\nFROM scratch\nENV x y\n",
            request -> request.buildArg("BUILDKIT_DOCKERFILE_CHECK", "skip=all"));
    assertThat(image.result().warnings()).isEmpty();
  }

  @Test
  void aMalformedCheckFailsTheBuild() {
    assertThat(failure("# check=skipp=all\nFROM scratch\n"))
        .hasMessageContaining("failed to parse check options");
  }

  @Test
  void buildArgumentsThatNothingDeclaresAreNamed() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ARG VERSION
            ONBUILD ARG LATER
            LABEL v=$VERSION
            """,
            request ->
                request
                    .buildArg("VERSION", "1")
                    .buildArg("LATER", "1")
                    .buildArg("VERSOIN", "2")
                    .buildArg("other", "2")
                    .buildArg("http_proxy", "http://proxy")
                    .buildArg("TARGETARCH", "amd64")
                    .buildArg("BUILDKIT_INLINE_CACHE", "1")
                    .buildArg("SOURCE_DATE_EPOCH", "0"));
    assertThat(image.result().warnings())
        .singleElement()
        .isEqualTo(
            Diagnostic.warning("one or more build-args [VERSOIN other] were not consumed", null)
                .withHint("did you mean 'VERSION'?"));
  }
}
