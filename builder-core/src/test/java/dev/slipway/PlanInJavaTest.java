package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan needs no Dockerfile. */
class PlanInJavaTest {
  @TempDir Path directory;

  @Test
  void aPlanMadeInJavaBecomesAnImage() throws Exception {
    Path context = Files.createDirectory(directory.resolve("context"));
    Files.writeString(context.resolve("app.txt"), "hello");
    BuildRequest request =
        BuildRequest.builder(new ContextSource.LocalDirectory(context)).name("planned:1").build();
    try (ImageBuilder builder = ImageBuilder.open(settings())) {
      BuildResult result =
          builder.build(
              (platform, images) -> plan(platform),
              request,
              BuildListener.SILENT,
              new Cancellation());
      ImageConfig config = result.images().get(0).image().config();
      assertThat(config.config().cmd()).containsExactly("/app.txt");
      assertThat(config.diffIds()).hasSize(2);
      assertThat(config.history()).hasSize(2);
    }
  }

  @Test
  void closingTheBuilderCancelsWhatItBuilds() throws Exception {
    BuildRequest request = BuildRequest.builder(new ContextSource.Empty()).name("closed:1").build();
    ImageBuilder builder = ImageBuilder.open(settings());
    Cancellation cancellation = new Cancellation();
    assertThatThrownBy(
            () ->
                builder.build(
                    (platform, images) -> {
                      builder.close();
                      return plan(platform);
                    },
                    request,
                    BuildListener.SILENT,
                    cancellation))
        .isInstanceOf(CancelledException.class);
    assertThat(cancellation.isCancelled()).isFalse();
  }

  private static BuildPlan plan(Platform platform) {
    Step copy = copy(new CopySource.Files(new FileSource.MainContext(), "app.txt"), "/app.txt");
    Step inline =
        copy(new CopySource.Inline("note", "made".getBytes(StandardCharsets.UTF_8)), "/note");
    ImageConfig config =
        ImageConfig.empty(platform)
            .withConfig(ContainerConfig.EMPTY.toBuilder().cmd(List.of("/app.txt")).build())
            .withHistory(
                List.of(
                    new HistoryEntry("", "copy app.txt", "", "", false),
                    new HistoryEntry("", "write note", "", "", false)));
    return new BuildPlan(
        platform,
        List.of(
            new PlannedStage(
                0, "app", platform, new Base.Scratch(), List.of(copy, inline), config, false)));
  }

  private static Step copy(CopySource source, String destination) {
    return new Step.Copy(
        null,
        "copy",
        false,
        List.of(source),
        destination,
        null,
        null,
        false,
        false,
        List.of(),
        null,
        "/");
  }

  private BuilderSettings settings() {
    return BuilderSettings.of(Map.of(), System.getProperties()).toBuilder()
        .storeDirectory(directory.resolve("store"))
        .build();
  }
}
