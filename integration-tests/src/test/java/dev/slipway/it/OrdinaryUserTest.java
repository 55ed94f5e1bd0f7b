package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.it.Processes.Ended;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Where root runs the tests: what an ordinary user's steps do is held by the same tests. */
class OrdinaryUserTest {
  private static final List<Class<?>> TESTS =
      List.of(RunSemanticsTest.class, MountSemanticsTest.class, RunLayersTest.class);

  @Test
  void stepsBehaveTheSameForAnOrdinaryUser() throws IOException {
    assumeTrue(Machine.isRoot(), "an ordinary user runs these tests himself");
    Path base = Bases.busybox();
    try (OrdinaryUser user = OrdinaryUser.required()) {
      Path bases = Files.createDirectories(user.directory().resolve("bases"));
      Processes.command("cp", "-r", base.toString(), bases.toString()).run().orFail();
      List<String> line = new ArrayList<>();
      line.add("env");
      line.add("SLIPWAY_BASES=" + bases);
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.add("-Djava.io.tmpdir=" + Files.createDirectory(user.directory().resolve("tmp")));
      line.add("-Dfile.encoding=UTF-8");
      line.add("-cp");
      line.add(classPath(user.directory().resolve("classes")));
      line.add(TestProgram.class.getName());
      TESTS.forEach(test -> line.add(test.getName()));
      OrdinaryUser.own(user.directory());
      Ended ended = user.command(line).within(Duration.ofMinutes(15)).run();
      assertThat(ended.exitCode()).as(ended.text()).isZero();
    }
  }

  @Test
  void takesTheClassesPreparedByWhoeverInstalledTheProgram() throws IOException {
    assumeTrue(Machine.isRoot(), "what is installed is not his own");
    try (OrdinaryUser user = OrdinaryUser.required()) {
      Path installed = Files.createDirectory(user.directory().resolve("installed"));
      Path target = Files.createDirectories(installed.resolve("builder-cli/target"));
      Files.copy(user.slipway(), installed.resolve("slipway"), StandardCopyOption.COPY_ATTRIBUTES);
      Files.createLink(target.resolve("slipway.jar"), user.jar());
      Path prepared = Files.createDirectory(target.resolve("cds")).resolve(build() + ".jsa");
      // that none could be made: taken at once, as one would be
      Files.createFile(prepared);
      Path cache = Files.createDirectory(user.directory().resolve("cache"));
      OrdinaryUser.own(cache);
      List<String> line =
          List.of(
              "env",
              "XDG_CACHE_HOME=" + cache,
              "JAVA_HOME=" + System.getProperty("java.home"),
              installed.resolve("slipway").toString(),
              "--version");
      Ended ended = user.command(line).run();

      assertThat(ended.exitCode()).as(ended.text()).isZero();
      assertThat(cache).isEmptyDirectory();

      Files.delete(prepared);
      assertThat(user.command(line).run().exitCode()).isZero();
      assertThat(cache).isNotEmptyDirectory();
    }
  }

  /** By which the launcher knows archives apart. */
  private static String build() throws IOException {
    Properties release = new Properties();
    Path file = Path.of(System.getProperty("java.home"), "release");
    try (InputStream in = Files.newInputStream(file)) {
      release.load(in);
    }
    return release.getProperty("JAVA_RUNTIME_VERSION", "unknown").replace("\"", "");
  }

  /** The tests' class path where he can read it. */
  private static String classPath(Path copies) throws IOException {
    Files.createDirectories(copies);
    String given =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> copied = new ArrayList<>();
    for (String entry : given.split(File.pathSeparator)) {
      if (Files.exists(Path.of(entry))) {
        Path copy = copies.resolve(Integer.toString(copied.size()) + Path.of(entry).getFileName());
        Processes.command("cp", "-r", entry, copy.toString()).run().orFail();
        copied.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copied);
  }
}
