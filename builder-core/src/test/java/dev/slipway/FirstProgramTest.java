package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows to who embeds the library. */
class FirstProgramTest {
  @TempDir Path directory;
  private Path app;

  @BeforeEach
  void writeAnApplication() throws IOException {
    app = Files.createDirectory(directory.resolve("app"));
    Files.writeString(app.resolve("data"), "some\n");
    dockerfile("FROM scratch\nCOPY data /\n");
  }

  private void dockerfile(String text) throws IOException {
    Files.writeString(app.resolve("Dockerfile"), text);
  }

  private BuildResult build(OutputSpec output) {
    BuildRequest request =
        BuildRequest.builder(new ContextSource.LocalDirectory(app))
            .name("registry.example/app:1.0")
            .output(output)
            .build();
    BuilderSettings settings =
        BuilderSettings.of(Map.of(), System.getProperties()).toBuilder()
            .storeDirectory(directory.resolve("store"))
            .build();
    try (ImageBuilder builder = ImageBuilder.open(settings)) {
      return builder.build(request);
    }
  }

  @Test
  void anArchiveIsWritten() {
    Path archive = directory.resolve("app.tar");
    BuildResult result = build(OutputSpec.ociArchive(archive));
    assertThat(archive).isNotEmptyFile();
    assertThat(result.root()).isNotNull();
    assertThat(result.outputs().get(0).where()).containsExactly(archive.toString());
  }

  @Test
  void anArchiveForDockerIsWritten() {
    Path archive = directory.resolve("docker.tar");
    build(OutputSpec.dockerArchive(archive));
    assertThat(archive).isNotEmptyFile();
  }

  @Test
  void anAttributeChangesHowAnImageIsWritten() {
    Path layout = directory.resolve("layout");
    build(OutputSpec.ociArchive(layout).withAttribute("tar", "false"));
    assertThat(layout.resolve("index.json")).isRegularFile();
  }

  @Test
  void filesAreWritten() {
    Path files = directory.resolve("files");
    BuildResult result = build(OutputSpec.files(files));
    assertThat(files.resolve("data")).hasContent("some\n");
    assertThat(result.root()).isNull();
  }

  @Test
  void aFailureIsRenderedWithItsLine() throws IOException {
    dockerfile("FROM scratch\nCOPY date /\n");
    assertThatThrownBy(() -> build(OutputSpec.registry()))
        .isInstanceOfSatisfying(
            BuildException.class,
            failure ->
                assertThat(failure.render())
                    .contains("Dockerfile:2:1: error: ")
                    .contains("\nCOPY date /\n")
                    .contains("\nhint: did you mean \"/data\"?"));
  }
}
