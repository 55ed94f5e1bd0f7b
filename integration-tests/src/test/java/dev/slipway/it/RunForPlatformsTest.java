package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult.PlatformImage;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.Platform;
import dev.slipway.semantics.BuiltImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands in builds for several platforms. */
class RunForPlatformsTest extends RunTest {
  private static void both(BuildRequest.Builder request) {
    request.platform(new Platform("linux", "amd64")).platform(new Platform("linux", "arm64"));
  }

  @Test
  void aStageOfTheBuildersPlatformRunsOnceForAll() {
    BuiltImage image =
        build(
            """
            FROM --platform=$BUILDPLATFORM busybox AS build
            RUN head -c 16 /dev/urandom > /random
            FROM scratch
            COPY --from=build /random /
            """,
            RunForPlatformsTest::both);
    List<PlatformImage> images = image.result().images();
    assertThat(images).hasSize(2);
    assertThat(images.get(0).image().config().diffIds())
        .as("of two runs the random bytes would differ")
        .isEqualTo(images.get(1).image().config().diffIds());
  }

  @Test
  void aStageThatKnowsItsTargetRunsForEach() {
    BuiltImage image =
        build(
            """
            FROM --platform=$BUILDPLATFORM busybox AS build
            ARG TARGETARCH
            RUN echo "for $TARGETARCH" > /made
            FROM scratch
            COPY --from=build /made /
            """,
            RunForPlatformsTest::both);
    List<PlatformImage> images = image.result().images();
    assertThat(images.get(0).image().config().diffIds())
        .isNotEqualTo(images.get(1).image().config().diffIds());
  }

  @Test
  void aCacheMountIsEmptiedOnceForAll() {
    BuiltImage image =
        build(
            """
            FROM --platform=$BUILDPLATFORM busybox AS build
            ARG TARGETARCH
            RUN --mount=type=cache,target=/c,sharing=locked <<END
              ls /c | wc -l >/seen
              touch -t 202001010000 /seen
              touch /c/$TARGETARCH
            END
            FROM scratch
            COPY --from=build /seen /
            """,
            request -> {
              both(request);
              request.noCache(true);
            });
    List<PlatformImage> images = image.result().images();
    assertThat(images.get(0).image().config().diffIds())
        .as("the second command sees what the first has left")
        .isNotEqualTo(images.get(1).image().config().diffIds());
  }

  @Test
  void aProcessorThatCannotBeEmulatedIsToldBeforeAnythingRuns() {
    assumeFalse(
        Files.exists(Path.of("/proc/sys/fs/binfmt_misc/qemu-s390x")),
        "needs a machine without an emulator for s390x");
    BuildException failure =
        failure(
            """
            FROM busybox AS first
            RUN sleep 60
            FROM scratch
            COPY --from=first /bin/busybox /
            RUN ["/busybox", "true"]
            """,
            request -> {
              both(request);
              request.platform(new Platform("linux", "s390x"));
            });
    assertThat(failure.toDiagnostic().render())
        .contains("cannot run programs for linux/")
        .contains("RUN sleep 60")
        .contains("qemu-user-static");
  }
}
