package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that adds to its Dockerfile what its image lacks to start. */
class RepairTest {
  private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

  /** A stage with a program and all it needs, then one with the program alone. */
  private static final String DOCKERFILE =
      """
      FROM scratch AS build
      COPY root /
      FROM scratch
      COPY --from=build /bin/app /
      CMD ["/app"]
      """;

  @TempDir Path directory;

  @BeforeEach
  void writeContext() throws IOException {
    put("bin/app", new TinyElf(ElfTarget.X86_64).interpreter(LOADER).needed("liba.so").bytes());
    put(LOADER.substring(1), new TinyElf(ElfTarget.X86_64).soname("ld-linux-x86-64.so.2").bytes());
    put("lib/liba.so", new TinyElf(ElfTarget.X86_64).soname("liba.so").bytes());
  }

  private void put(String path, byte[] content) throws IOException {
    Path file = directory.resolve("context/root").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private BuildResult build(String dockerfile, StartCheckMode mode, boolean fix) {
    BuildRequest request =
        BuildRequest.builder(new ContextSource.LocalDirectory(directory.resolve("context")))
            .dockerfile(new DockerfileSource.Text("Dockerfile", dockerfile))
            .startCheck(mode)
            .fix(fix)
            .build();
    BuilderSettings settings =
        BuilderSettings.of(Map.of(), System.getProperties())
            .withStoreDirectory(directory.resolve("store"));
    try (ImageBuilder builder = ImageBuilder.open(settings)) {
      return builder.build(request, BuildListener.SILENT, new Cancellation());
    }
  }

  private static List<String> startWarnings(BuildResult result) {
    return result.warnings().stream()
        .filter(warning -> "StartCheck".equals(warning.code()))
        .map(Diagnostic::message)
        .toList();
  }

  @Test
  void whatIsMissingIsTold() {
    BuildResult result = build(DOCKERFILE, StartCheckMode.WARN, false);

    assertThat(startWarnings(result))
        .containsExactly("\"/app\" cannot be loaded: the image lacks " + LOADER + ", liba.so");
    assertThat(result.repaired()).isNull();
  }

  @Test
  void aRepairedDockerfileStarts() {
    BuildResult result = build(DOCKERFILE, StartCheckMode.ERROR, true);

    RepairedDockerfile repaired = result.repaired();
    assertThat(repaired).isNotNull();
    assertThat(startWarnings(result)).isEmpty();
    assertThat(repaired.lines())
        .containsExactly(
            "COPY --from=build " + LOADER + " " + LOADER,
            "COPY --from=build /lib/liba.so /lib/liba.so");
    String text = new String(repaired.bytes(), StandardCharsets.UTF_8);
    assertThat(text).startsWith(DOCKERFILE.substring(0, DOCKERFILE.indexOf("CMD")));
    assertThat(result.images().get(0).image().config().diffIds()).hasSize(3);
    assertThat(startWarnings(build(text, StartCheckMode.ERROR, false))).isEmpty();
  }

  @Test
  void whatStartsStaysAsItIs() {
    BuildResult result =
        build("FROM scratch\nCOPY root /\nCMD [\"/bin/app\"]\n", StartCheckMode.WARN, true);

    RepairedDockerfile repaired = result.repaired();
    assertThat(repaired).isNotNull();
    assertThat(repaired.lines()).isEmpty();
  }

  @Test
  void whatNoStageHasCannotBeRepaired() {
    String dockerfile = DOCKERFILE.replace("COPY root /\n", "COPY root/bin /bin\n");

    assertThat(startWarnings(build(dockerfile, StartCheckMode.WARN, true))).hasSize(1);
    assertThatThrownBy(() -> build(dockerfile, StartCheckMode.ERROR, true))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("cannot be loaded");
  }

  @Test
  void aVerdictIsRememberedWithTheImage() {
    List<String> first = startWarnings(build(DOCKERFILE, StartCheckMode.WARN, false));

    assertThat(startWarnings(build(DOCKERFILE, StartCheckMode.WARN, false))).isEqualTo(first);
  }
}
