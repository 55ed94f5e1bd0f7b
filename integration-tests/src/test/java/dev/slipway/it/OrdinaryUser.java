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
      user.copyProgram();
      user.own(directory);
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

  // The repository may lie where only root can look.
  private void copyProgram() throws IOException {
    Path repository = Machine.repository();
    Path target = Files.createDirectories(directory.resolve("builder-cli/target"));
    Files.copy(repository.resolve("slipway"), slipway(), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(repository.resolve("builder-cli/target/slipway.jar"), target.resolve("slipway.jar"));
  }

  /** A folder that he owns; deleted on closing. */
  Path directory() {
    return directory;
  }

  /** His copy of the program. */
  Path slipway() {
    return directory.resolve("slipway");
  }

  /** Gives him a folder with all in it. */
  void own(Path path) {
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

  /** Deletes his folder, with what belongs to his subordinate ids. */
  @Override
  public void close() {
    List<String> delete = List.of("rm", "-rf", directory.toString());
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
