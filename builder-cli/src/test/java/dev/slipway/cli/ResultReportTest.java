package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildResult;
import dev.slipway.BuildResult.LayerShare;
import dev.slipway.BuildResult.PlatformImage;
import dev.slipway.BuildResult.WrittenOutput;
import dev.slipway.OutputSpec;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.hygiene.HygieneFinding.Kind;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultReportTest {
  private static final OutputSpec ARCHIVE = OutputSpec.ociArchive(Path.of("/out/app.tar"));
  private static final WrittenOutput WRITTEN = new WrittenOutput(ARCHIVE, List.of("/out/app.tar"));
  private static final long ELAPSED = 1_200_000_000L;

  private static Image image(String architecture) {
    Digest digest = Digest.of(architecture.getBytes());
    return Image.of(
        ImageConfig.empty(new Platform("linux", architecture))
            .withDiffIds(List.of(new DiffId(digest))),
        List.of(new Descriptor(MediaType.OCI_LAYER_GZIP, digest, 5_000_000)),
        Map.of(),
        false);
  }

  private static PlatformImage built(
      Image image, String smallerBase, List<HygieneFinding> hygiene, LayerShare... layers) {
    return new PlatformImage(image.platform(), image, List.of(layers), smallerBase, hygiene);
  }

  private static BuildResult result(
      @Nullable Descriptor root, List<WrittenOutput> outputs, PlatformImage... images) {
    return new BuildResult(root, List.of(images), outputs, List.of(), null);
  }

  private static BuildResult one(List<WrittenOutput> outputs, LayerShare... layers) {
    Image image = image("amd64");
    return result(image.manifest().descriptor(), outputs, built(image, "", List.of(), layers));
  }

  private static List<String> summary(BuildResult result) {
    return ResultReport.summary(result, ELAPSED).lines().toList();
  }

  @Test
  void aSummarySaysWhatWasMadeAndWhereItIs() {
    Image image = image("amd64");
    assertThat(summary(one(List.of(WRITTEN))))
        .containsExactly(
            "image  " + image.manifest().digest() + " (linux/amd64)",
            "size   5.00 MB = manifest "
                + image.manifest().descriptor().size()
                + " B + config "
                + image.manifest().config().size()
                + " B + 1 layer 5.00 MB",
            "wrote  oci to /out/app.tar",
            "done   in 1.2s");
  }

  @Test
  void theThreeInstructionsThatCostMostAreNamedBehindTheBase() {
    BuildResult result =
        one(
            List.of(WRITTEN),
            new LayerShare(0, "", 1_000_000),
            new LayerShare(0, "", 500_000),
            new LayerShare(2, "RUN a", 10_000),
            new LayerShare(3, "RUN b\nmore", 40_000),
            new LayerShare(4, "RUN c", 20_000),
            new LayerShare(5, "RUN d", 30_000));
    assertThat(summary(result).subList(2, 6))
        .containsExactly(
            "        1.50 MB  base image",
            "        40.0 kB  line 3: RUN b …",
            "        30.0 kB  line 5: RUN d",
            "        20.0 kB  line 4: RUN c");
  }

  @Test
  void aBaseAloneIsNotWorthALine() {
    assertThat(summary(one(List.of(WRITTEN), new LayerShare(0, "", 1_000_000)))).hasSize(4);
  }

  @Test
  void adviceIsSaidOnceInAFewWordsAndProblemsAreNot() {
    Image image = image("amd64");
    BuildResult result =
        result(
            image.manifest().descriptor(),
            List.of(WRITTEN),
            built(
                image,
                "scratch starts it too",
                List.of(
                    new HygieneFinding(Kind.SECRET_FILE, "a key", null),
                    new HygieneFinding(Kind.ROOT_USER, "no USER", null),
                    new HygieneFinding(Kind.UNPINNED_BASE, "one", null),
                    new HygieneFinding(Kind.UNPINNED_BASE, "two", null))));
    assertThat(summary(result))
        .contains("base   scratch starts it too")
        .contains("note   runs as root, base image without a digest");
  }

  @Test
  void ofSeveralPlatformsTheIndexIsNamedToo() {
    Descriptor index = new Descriptor(MediaType.OCI_INDEX, Digest.of(new byte[1]), 100);
    BuildResult result =
        result(
            index,
            List.of(WRITTEN),
            built(image("amd64"), "", List.of()),
            built(image("arm64"), "", List.of()));
    assertThat(summary(result))
        .anyMatch(line -> line.endsWith(" (linux/amd64)"))
        .anyMatch(line -> line.endsWith(" (linux/arm64)"))
        .contains("index  " + index.digest());
    assertThat(ResultReport.imageId(result)).isEqualTo(index.digest().toString());
    assertThat(ResultReport.metadata(result, List.of()))
        .contains("\"containerimage.digest\":\"" + index.digest() + "\"")
        .doesNotContain("config.digest");
  }

  @Test
  void anImageThatIsWrittenNowhereIsSaidToBeInTheStore() {
    assertThat(summary(one(List.of())))
        .contains("wrote  nothing: the image stays in the store; -o type=oci,dest=FILE writes it");
  }

  @Test
  void standardOutputHasNoPath() {
    assertThat(summary(one(List.of(new WrittenOutput(ARCHIVE, List.of())))))
        .contains("wrote  oci to standard output");
  }

  @Test
  void anImagesIdIsThatOfItsConfig() {
    BuildResult result = one(List.of(WRITTEN));
    String config = image("amd64").manifest().config().digest().toString();
    assertThat(ResultReport.imageId(result)).isEqualTo(config);
    assertThat(ResultReport.metadata(result, List.of("app", "r.example/app:2")))
        .contains("\"containerimage.config.digest\":\"" + config + "\"")
        .contains("\"image.name\":\"docker.io/library/app:latest,r.example/app:2\"");
  }

  @Test
  void filesAloneHaveNoId() {
    BuildResult result = result(null, List.of(new WrittenOutput(ARCHIVE, List.of("/out"))));
    assertThat(ResultReport.imageId(result)).isEmpty();
    assertThat(ResultReport.metadata(result, List.of())).isEqualTo("{}");
  }
}
