package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Building where nothing can be mounted: root in a container of Docker's with its usual rights, and
 * root whom only the right to mount is taken from.
 */
class UnprivilegedContainerTest {
  private static final List<Class<?>> TESTS =
      List.of(RunSemanticsTest.class, MountSemanticsTest.class, RunLayersTest.class);

  /** A root filesystem whose programs are this machine's, shown in it by Docker. */
  private static final String IMAGE =
      """
      set -eu
      mkdir -p root/tmp root/etc root/root root/proc root/sys root/dev root/usr
      chmod 1777 root/tmp
      for name in bin sbin lib lib32 lib64; do
        [ ! -L "/$name" ] || ln -s "$(readlink "/$name")" "root/$name"
      done
      echo 'root:x:0:0:root:/root:/bin/sh' >root/etc/passwd
      echo 'root:x:0:' >root/etc/group
      tar -C root -c . | docker --host "$1" import - machine
      """;

  @TempDir static Path directory;
  private static DockerEngine engine;

  @BeforeAll
  static void startEngine() {
    engine = DockerEngine.start();
    Processes.command("sh", "-c", IMAGE, "sh", engine.host()).in(directory).run().orFail();
  }

  @AfterAll
  static void stopEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void stepsBehaveTheSameInAContainer() {
    List<String> line = new ArrayList<>();
    line.add("--env=SLIPWAY_IT_SANDBOX=chroot");
    line.add("--env=SLIPWAY_BASES=" + Bases.busybox().getParent());
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.add("-Dfile.encoding=UTF-8");
    program.add("-Dslipway.repository=" + Machine.repository());
    program.add("-cp");
    program.add(classPath());
    program.add(TestProgram.class.getName());
    TESTS.forEach(test -> program.add(test.getName()));
    Ended ended = inContainer(line, program);
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
  }

  @Test
  void withoutTheOptionItIsNamed() throws IOException {
    Files.writeString(
        Files.createDirectories(directory.resolve("context")).resolve("Dockerfile"),
        "FROM busybox\nRUN true\n");
    Ended ended = build();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("cannot isolate RUN steps on this machine: root lacks CAP_SYS_ADMIN")
        .contains("--sandbox=chroot");
    assertThat(slipway("doctor", "--cache-dir=/tmp/store").text())
        .contains("use --sandbox=chroot if the container itself is disposable");

    Ended built = build("--sandbox=chroot").orFail();
    assertThat(built.errors()).containsOnlyOnce("RUN steps are not isolated");
  }

  @Test
  void whatNeedsNamespacesIsRefusedByName() throws IOException {
    Path context = Files.createDirectories(directory.resolve("context"));
    Files.writeString(context.resolve("Dockerfile"), "FROM busybox\nRUN --network=none true\n");
    assertThat(build("--sandbox=chroot").errors())
        .contains("--sandbox=chroot cannot give a step without a network");
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM busybox\nRUN --mount=type=tmpfs,target=/t,size=1m true\n");
    assertThat(build("--sandbox=chroot").errors())
        .contains("--sandbox=chroot cannot limit the size of the tmpfs mount on '/t'");
  }

  private static Ended build(String... more) {
    List<String> words = new ArrayList<>(List.of("build", "--cache-dir=/tmp/store"));
    words.addAll(List.of(more));
    words.add("--build-context=busybox=oci-layout://" + Bases.busybox());
    words.add(directory.resolve("context").toString());
    return slipway(words.toArray(new String[0]));
  }

  private static Ended slipway(String... words) {
    List<String> program = new ArrayList<>();
    program.add(Machine.repository().resolve("slipway").toString());
    program.addAll(List.of(words));
    return inContainer(List.of(), program);
  }

  private static Ended inContainer(List<String> options, List<String> program) {
    List<String> line = new ArrayList<>(List.of("docker", "--host", engine.host()));
    line.addAll(List.of("run", "--rm", "--network=host"));
    List<String> shown = new ArrayList<>(List.of("/usr", "/etc/alternatives"));
    shown.add(Machine.repository().toString());
    shown.add(Bases.busybox().toString());
    shown.add(directory.toString());
    try (var configurations = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
      configurations.forEach(each -> shown.add(each.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String entry : classPath().split(File.pathSeparator)) {
      int downloaded = entry.indexOf("/repository/");
      shown.add(downloaded < 0 ? entry : entry.substring(0, downloaded) + "/repository");
    }
    for (String each : new LinkedHashSet<>(shown)) {
      if (Files.exists(Path.of(each))) {
        line.add("--volume=" + each + ":" + each + ":ro");
      }
    }
    line.addAll(options);
    line.add("machine");
    line.addAll(program);
    return Processes.command(line).within(Duration.ofMinutes(15)).run();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
