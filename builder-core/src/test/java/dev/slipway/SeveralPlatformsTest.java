package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeveralPlatformsTest extends BuildTest {
  private static void both(BuildRequest.Builder request) {
    request.platform(new Platform("linux", "amd64")).platform(new Platform("linux", "arm64"));
  }

  @Test
  void severalPlatformsMakeAnIndexInTheOrderAskedFor() {
    file("amd64", "1");
    file("arm64", "2");
    BuiltImage image =
        build(
            "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /program\n",
            SeveralPlatformsTest::both);
    assertThat(image.result().root().mediaType()).isEqualTo(MediaType.OCI_INDEX);
    assertThat(image.result().images())
        .extracting(built -> built.platform().format())
        .containsExactly("linux/amd64", "linux/arm64");
    List<?> layers =
        image.result().images().stream()
            .flatMap(built -> built.image().config().diffIds().stream())
            .distinct()
            .toList();
    assertThat(layers).hasSize(2);
  }

  @Test
  void anIndexOverOneImageIsMadeWhereItIsAskedFor() {
    file("f", "1");
    BuiltImage image =
        build(
            "FROM scratch\nCOPY f /\n",
            request -> request.buildArg("BUILDKIT_MULTI_PLATFORM", "1").annotation("index:a", "b"));
    assertThat(image.result().root().mediaType()).isEqualTo(MediaType.OCI_INDEX);
    assertThat(image.result().images()).hasSize(1);
    assertThat(
            failure(
                "FROM scratch\n", request -> request.buildArg("BUILDKIT_MULTI_PLATFORM", "maybe")))
        .hasMessage("invalid BUILDKIT_MULTI_PLATFORM 'maybe', expected true or false");
  }

  @Test
  void whatPlatformsShareIsOneLayer() {
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM --platform=$BUILDPLATFORM scratch AS build
            COPY f /a
            COPY f /b
            FROM scratch
            COPY --from=build / /
            """,
            SeveralPlatformsTest::both);
    assertThat(image.result().images())
        .extracting(built -> built.image().config().diffIds())
        .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)));
  }

  @Test
  void theFailureOfOnePlatformIsToldNotThatTheOtherWasStopped() {
    file("amd64", "1");
    BuildException failure =
        failure(
            "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /program\n",
            SeveralPlatformsTest::both);
    assertThat(failure).hasMessageContaining("arm64");
  }

  @Test
  void whatIsFoundInTheImagesOfAllPlatformsIsTold() {
    for (String architecture : List.of("amd64", "arm64")) {
      file(architecture, "#!/interpreter-of-" + architecture + "\n").toFile().setExecutable(true);
    }
    String dockerfile =
        "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /program\nENTRYPOINT [\"/program\"]\n";

    BuiltImage image = build(dockerfile, SeveralPlatformsTest::both);
    assertThat(image.result().warnings())
        .extracting(Diagnostic::message)
        .anyMatch(message -> message.contains("interpreter-of-amd64"))
        .anyMatch(message -> message.contains("interpreter-of-arm64"));

    BuildException failure =
        failure(
            dockerfile,
            request -> {
              both(request);
              request.startCheck(StartCheckMode.ERROR);
            });
    assertThat(failure)
        .hasMessageContaining("interpreter-of-amd64")
        .hasMessageContaining("interpreter-of-arm64");
  }

  @Test
  void aBaseWithoutThePlatformSaysWhichItHas() {
    file("f", "1");
    BuiltImage base = build("FROM scratch\nCOPY f /\n", SeveralPlatformsTest::both);
    BuildException failure =
        failure(
            "FROM base\nLABEL a=b\n",
            request ->
                request
                    .namedContext("base", "oci-layout://" + base.layout())
                    .platform(new Platform("linux", "s390x")));
    assertThat(failure.toDiagnostic().render())
        .contains("linux/s390x", "linux/amd64", "linux/arm64", "FROM base");
  }
}
