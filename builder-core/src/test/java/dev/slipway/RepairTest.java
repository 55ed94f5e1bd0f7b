package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.inspect.account.ImageLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that adds to its Dockerfile what its image lacks to start. */
class RepairTest {
  private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
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
    return build(request(dockerfile, mode, fix ? FixMode.START : FixMode.OFF).build());
  }

  private BuildRequest.Builder request(String dockerfile, StartCheckMode mode, FixMode fix) {
    return BuildRequest.builder(new ContextSource.LocalDirectory(directory.resolve("context")))
        .dockerfile(new DockerfileSource.Text("Dockerfile", dockerfile))
        .startCheck(mode)
        .fix(fix);
  }

  private BuildResult build(BuildRequest request) {
    BuilderSettings settings =
        BuilderSettings.of(Map.of(), System.getProperties()).toBuilder()
            .storeDirectory(directory.resolve("store"))
            .build();
    try (ImageBuilder builder = ImageBuilder.open(settings)) {
      return builder.build(request);
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

  @Test
  void aMissingRightToExecuteIsAddedToTheLineThatCopied() throws IOException {
    Path script = directory.resolve("context/run.sh");
    Files.writeString(script, "#!/bin/app\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
    String dockerfile =
        "FROM scratch\nCOPY root /\n  copy --chown=7 \\\n  run.sh /run.sh\nCMD [\"/run.sh\"]\n";

    Diagnostic warning =
        build(dockerfile, StartCheckMode.WARN, false).warnings().stream()
            .filter(each -> "StartCheck".equals(each.code()))
            .findFirst()
            .orElseThrow();
    assertThat(warning.message()).isEqualTo("CMD \"/run.sh\" is not executable");
    assertThat(warning.hint()).isEqualTo("write line 3 as: copy --chmod=755 --chown=7 \\");

    RepairedDockerfile repaired = build(dockerfile, StartCheckMode.ERROR, true).repaired();
    assertThat(repaired).isNotNull();
    assertThat(repaired.lines()).isEmpty();
    assertThat(repaired.changed())
        .containsExactly(new RepairedDockerfile.ChangedLine(3, "copy --chmod=755 --chown=7 \\"));
    assertThat(new String(repaired.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(dockerfile.replace("copy", "copy --chmod=755"));

    String wrong = dockerfile.replace("--chown=7", "--chmod=0640");
    assertThat(new String(fixed(wrong), StandardCharsets.UTF_8))
        .isEqualTo(wrong.replace("=0640", "=751"));
  }

  private byte[] fixed(String dockerfile) {
    RepairedDockerfile repaired = build(dockerfile, StartCheckMode.ERROR, true).repaired();
    return repaired == null ? new byte[0] : repaired.bytes();
  }

  @Test
  void aLineThatCopiesOtherFilesTooIsOnlyNamed() throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve("context/root/bin/app"), PosixFilePermissions.fromString("rw-r--r--"));
    String dockerfile = "FROM scratch\nCOPY root /\nCMD [\"/bin/app\"]\n";

    BuildResult result = build(dockerfile, StartCheckMode.WARN, true);

    assertThat(result.repaired()).isNotNull();
    assertThat(result.repaired().isUnchanged()).isTrue();
    assertThat(result.warnings().get(0).hint())
        .isEqualTo("in line 2 COPY --chmod=755 it on a line of its own, or chmod +x it before");
  }

  @Test
  void hintsAreActedOnWhereThatIsAskedFor() throws IOException {
    put("bin/tls", new TinyElf(ElfTarget.X86_64).constant(BUNDLE).bytes());
    put(BUNDLE.substring(1), "certificates".getBytes(StandardCharsets.UTF_8));
    String dockerfile =
        "FROM scratch AS build\nCOPY root /\nFROM scratch\nCOPY --from=build /bin/tls /\n"
            + "CMD [\"/tls\"]\n";

    RepairedDockerfile start = build(dockerfile, StartCheckMode.WARN, true).repaired();
    assertThat(start).isNotNull();
    assertThat(start.isUnchanged()).isTrue();
    BuildResult hints = build(request(dockerfile, StartCheckMode.WARN, FixMode.HINTS).build());
    assertThat(hints.repaired()).isNotNull();
    assertThat(hints.repaired().lines())
        .containsExactly("COPY --from=build " + BUNDLE + " " + BUNDLE);
    assertThat(startWarnings(hints)).isEmpty();
  }

  @Test
  void filesAloneAreLookedAtToo() {
    OutputSpec files = OutputSpec.files(directory.resolve("out"));
    BuildRequest.Builder request = request(DOCKERFILE, StartCheckMode.WARN, FixMode.OFF);
    BuildResult result = build(request.output(files).build());
    assertThat(startWarnings(result)).hasSize(1);
    assertThat(result.images()).isEmpty();
    assertThat(directory.resolve("out/app")).exists();

    assertThatThrownBy(
            () ->
                build(request(DOCKERFILE, StartCheckMode.ERROR, FixMode.OFF).output(files).build()))
        .hasMessageContaining("cannot be loaded");
    assertThatThrownBy(() -> build(request.limits(limit(1)).build()))
        .hasMessageContaining("at most 1 allowed");
    assertThat(build(request.limits(limit(1_000_000)).build()).images()).hasSize(1);
  }

  private static ImageLimits limit(long bytes) {
    return new ImageLimits(
        OptionalLong.of(bytes),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        false);
  }
}
