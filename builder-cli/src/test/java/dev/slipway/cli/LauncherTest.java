package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script {@code slipway} starts, told by a program in the place of Java. */
class LauncherTest {
  private static final FileTime BEFORE = FileTime.fromMillis(1_000_000_000_000L);
  private static final FileTime AFTER = FileTime.fromMillis(1_000_000_001_000L);

  @TempDir private Path home;

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("../slipway"), home.resolve("slipway"), StandardCopyOption.COPY_ATTRIBUTES);
    write("builder-cli/target/slipway.jar", "jar", BEFORE);
    for (String kind : List.of("", "-push", "-worker")) {
      write(archive(kind), "classes", AFTER);
    }
    java("17.0.9", "17.0.9+9");
    Path program = write("jdk/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$*\"\n", AFTER);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String archive(String kind) {
    return "builder-cli/target/cds/17.0.9+9" + kind + ".jsa";
  }

  private void java(String version, String build) throws IOException {
    String release = "JAVA_VERSION=\"" + version + "\"\nJAVA_RUNTIME_VERSION=\"" + build + "\"\n";
    write("jdk/release", release, BEFORE);
  }

  private Path write(String name, String text, FileTime time) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, time);
  }

  /** What the script says, its last line at the end. */
  private String started(String... words) throws IOException, InterruptedException {
    return startedWith("JAVA_HOME", home.resolve("jdk").toString(), words);
  }

  private String startedWith(String variable, String value, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("slipway").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put(variable, value);
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    builder.environment().remove("SLIPWAY_JAVA_OPTS");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private String shared(String kind) {
    return "-XX:SharedArchiveFile=" + home.resolve(archive(kind)) + " ";
  }

  @Test
  void aBuildStartsWithItsArchiveAndTellsTheWorkersOne() throws Exception {
    assertThat(started("build", "-t", "r.example/x", "."))
        .startsWith(shared(""))
        .contains("-Dslipway.worker=" + shared("-worker"))
        .endsWith("dev.slipway.cli.Main build -t r.example/x .\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build --push -t r.example/x .",
        "build -o type=registry,name=r.example/x .",
        "build --cache-to type=registry,ref=r.example/x .",
      })
  void aPushStartsWithAnArchiveThatHasTls(String line) throws Exception {
    assertThat(started(line.split(" "))).startsWith(shared("-push"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build --push -t localhost:5000/x .",
        "build --push --tag=127.0.0.1:5000/x .",
        "build -o type=registry,name=localhost/x .",
      })
  void aPushToThisMachineDoesNot(String line) throws Exception {
    assertThat(started(line.split(" "))).startsWith(shared(""));
  }

  @Test
  void anArchiveThatCouldNotBeMadeIsNotUsed() throws Exception {
    write(archive(""), "", AFTER);
    write(archive("-worker"), "", AFTER);
    assertThat(started("build", "."))
        .startsWith("-Xshare:auto ")
        .contains("-Dslipway.worker= ")
        .doesNotContain("SharedArchiveFile");
  }

  @Test
  void aJavaInThePathIsFollowedToTheFilesBesideIt() throws Exception {
    Path link = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.createSymbolicLink(link, home.resolve("jdk/bin/java"));
    String path = link.getParent() + ":" + System.getenv("PATH");
    assertThat(startedWith("PATH", path, "build", "."))
        .startsWith(shared(""))
        .endsWith("dev.slipway.cli.Main build .\n");
  }

  @Test
  void anArchiveOfAnOlderJarIsMadeAnew() throws Exception {
    write("builder-cli/target/slipway.jar", "jar", FileTime.fromMillis(1_000_000_002_000L));
    write("jdk/bin/java", "#!/bin/sh\necho \"$*\" >>\"${0%/*}/calls\"\n", AFTER);
    started("build", ".");
    assertThat(Files.readAllLines(home.resolve("jdk/bin/calls")))
        .satisfiesExactly(
            making ->
                assertThat(making)
                    .contains("training.ClassDataArchive " + home)
                    .contains("cds/17.0.9+9 "),
            building -> assertThat(building).endsWith("dev.slipway.cli.Main build ."));
  }

  @Test
  void anotherBuildOfTheJvmHasArchivesOfItsOwn() throws Exception {
    java("17.0.9", "17.0.9+10");
    write("builder-cli/target/cds/17.0.9+10.jsa", "classes", AFTER);
    assertThat(started("build", ".")).contains("/cds/17.0.9+10.jsa ").contains("-XX:+UseG1GC");
  }

  @Test
  void fromJava25TheSerialCollectorTakesAnArchive() throws Exception {
    java("25.0.1", "25.0.1+8");
    write("builder-cli/target/cds/25.0.1+8.jsa", "classes", AFTER);
    assertThat(started("build", ".")).contains("/cds/25.0.1+8.jsa ").contains("-XX:+UseSerialGC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.22", "16.0.2"})
  void anOlderJavaIsRefused(String version) throws Exception {
    java(version, version);
    assertThat(started("build", "."))
        .isEqualTo(
            "slipway: Java 17 or later is needed, \""
                + home.resolve("jdk/bin/java")
                + "\" is "
                + version
                + "\n");
  }
}
