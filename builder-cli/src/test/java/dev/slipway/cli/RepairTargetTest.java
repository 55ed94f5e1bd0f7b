package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.RepairedDockerfile;
import dev.slipway.StartCheckMode;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.options.UsageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTargetTest {
  @TempDir Path directory;

  private Path target(DockerfileSource dockerfile, String... words) {
    return target(dockerfile, StartCheckMode.WARN, words);
  }

  private Path target(DockerfileSource dockerfile, StartCheckMode mode, String... words) {
    BuildRequest request =
        BuildRequest.builder(new ContextSource.LocalDirectory(directory))
            .dockerfile(dockerfile)
            .startCheck(mode)
            .build();
    return RepairTarget.of(
        BuildOptions.table().read(List.of(words)), request, name -> directory.resolve(name));
  }

  private static RepairedDockerfile repaired(String name, String... lines) {
    return new RepairedDockerfile(
        name, "FROM a\n".getBytes(StandardCharsets.UTF_8), 2, List.of(lines), List.of());
  }

  @Test
  void nothingIsRepairedUnasked() {
    assertThat(target(DockerfileSource.InContext.DEFAULT)).isNull();
  }

  @Test
  void aDockerfileIsRepairedWhereItIs() {
    assertThat(target(DockerfileSource.InContext.DEFAULT, "--fix"))
        .isEqualTo(directory.resolve("Dockerfile"));
    assertThat(target(new DockerfileSource.LocalFile(directory.resolve("x")), "--fix"))
        .isEqualTo(directory.resolve("x"));
  }

  @Test
  void aNamedFileIsWrittenInItsPlace() {
    DockerfileSource stream = new DockerfileSource.Stream(new ByteArrayInputStream(new byte[0]));

    assertThat(target(stream, "--fix=fixed")).isEqualTo(directory.resolve("fixed"));
    assertThatThrownBy(() -> target(stream, "--fix"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--fix cannot write to where the Dockerfile comes from");
  }

  @Test
  void withoutTheCheckNothingCanBeRepaired() {
    assertThatThrownBy(
            () -> target(DockerfileSource.InContext.DEFAULT, StartCheckMode.OFF, "--fix"))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void aFileThatNeedsNoLineIsNotTouched() throws IOException {
    Path file = Files.writeString(directory.resolve("Dockerfile"), "as it was");

    RepairTarget.write(file, repaired("Dockerfile"));

    assertThat(file).hasContent("as it was");
    assertThat(RepairTarget.summary(file, repaired("Dockerfile"))).startsWith("fixed  nothing");
  }

  @Test
  void hintsAreWrittenToWhereTheRestIs() {
    assertThat(target(DockerfileSource.InContext.DEFAULT, "--fix-hints"))
        .isEqualTo(directory.resolve("Dockerfile"));
    assertThat(target(DockerfileSource.InContext.DEFAULT, "--fix-hints", "--fix=other"))
        .isEqualTo(directory.resolve("other"));
  }

  @Test
  void linesThatAreOthersNowAreShown() {
    RepairedDockerfile repaired =
        new RepairedDockerfile(
            "Dockerfile",
            new byte[0],
            5,
            List.of("COPY x /"),
            List.of(new RepairedDockerfile.ChangedLine(3, "COPY --chmod=755 a /")));

    assertThat(RepairTarget.summary(Path.of("Dockerfile"), repaired))
        .isEqualTo(
            "fixed  Dockerfile, line 3:\n       COPY --chmod=755 a /\n"
                + "fixed  Dockerfile, from line 5 on:\n       COPY x /\n");
  }

  @Test
  void theFileThatWasFoundIsTheOneThatIsWritten() throws IOException {
    Path found = Files.writeString(directory.resolve("dockerfile"), "FROM b\n");

    RepairTarget.write(directory.resolve("Dockerfile"), repaired("dockerfile", "COPY x /"));

    assertThat(found).hasContent("FROM a");
    assertThat(directory.resolve("Dockerfile")).doesNotExist();
  }
}
