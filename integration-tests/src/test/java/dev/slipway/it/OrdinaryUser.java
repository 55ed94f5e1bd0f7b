package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody without privileges but with subordinate ids: the caller himself, or where root runs the
 * tests the user that the set-up made for this.
 */
final class OrdinaryUser implements AutoCloseable {
  /** Made by {@code integration-tests/run}. */
  private static final String NAME = "slipway-it";

  private static final String JAR = "builder-cli/target/slipway.jar";

  private static Path program;

  private final Path directory;

  private OrdinaryUser(Path directory) {
    this.directory = directory;
  }

  /** Skips the test by name where there is no such user. */
  static OrdinaryUser required() {
    String name = Machine.isRoot() ? NAME : System.getProperty("user.name");
    assumeTrue(
        listed("/etc/passwd", name) && listed("/etc/subuid", name) && listed("/etc/subgid", name),
        "needs an ordinary user with subordinate ids, called " + name);
    Machine.require("unshare", "newuidmap", "setpriv");
    try {
      Path directory = Files.createTempDirectory("slipway-it-user");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      OrdinaryUser user = new OrdinaryUser(directory);
      own(directory);
      return user;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean listed(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream().anyMatch(l -> l.startsWith(name + ":"));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A folder with the program as in the repository, which may lie where only root can look: one for
   * all tests, for each would have an archive of classes made. It goes with this JVM.
   */
  private static synchronized Path program() {
    if (program == null) {
      program = Machine.isRoot() ? copyOfProgram() : Machine.repository();
    }
    return program;
  }

  private static Path copyOfProgram() {
    try {
      Path copy = Files.createTempDirectory("slipway-it-program");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(copy)));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectories(copy.resolve(JAR).getParent());
      for (String file : List.of("slipway", JAR)) {
        Path original = Machine.repository().resolve(file);
        Files.copy(original, copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
      }
      own(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder that he owns; deleted on closing. */
  Path directory() {
    return directory;
  }

  /** The program where he can start it. */
  Path slipway() {
    return program().resolve("slipway");
  }

  /** Its classes where he can read them. */
  Path jar() {
    return program().resolve(JAR);
  }

  /** Gives him a folder with all in it. */
  static void own(Path path) {
    if (Machine.isRoot()) {
      Processes.command("chown", "-R", NAME + ":", path.toString()).run().orFail();
    }
  }

  /** A copy of a folder or file that he owns; an earlier one where there is one. */
  Path copy(Path original) {
    Path copy = directory.resolve(original.getFileName());
    if (Files.exists(copy)) {
      return copy;
    }
    Processes.command("cp", "-r", original.toString(), copy.toString()).run().orFail();
    own(copy);
    return copy;
  }

  /** A command run as him, with his home and without the caller's environment. */
  Processes command(List<String> words) {
    if (!Machine.isRoot()) {
      return Processes.command(words);
    }
    List<String> line =
        new ArrayList<>(
            List.of(
                "setpriv", "--reuid=" + NAME, "--regid=" + NAME, "--init-groups", "--reset-env"));
    line.addAll(words);
    return Processes.command(line).in(directory);
  }

  @Override
  public void close() {
    delete(directory);
  }

  /** Deletes a folder of his, with what belongs to his subordinate ids. */
  static void delete(Path folder) {
    List<String> delete = List.of("rm", "-rf", folder.toString());
    if (Machine.isRoot()) {
      Processes.command(delete).run().orFail();
    } else {
      List<String> line =
          new ArrayList<>(List.of("unshare", "--user", "--map-auto", "--map-root-user"));
      line.addAll(delete);
      Processes.command(line).run().orFail();
    }
  }
}
