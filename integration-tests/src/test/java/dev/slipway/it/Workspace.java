package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder for each test, and beside it a store for all tests of a class, so that a base image is
 * unpacked once. To be a static field with {@code @RegisterExtension}. It deletes with {@code rm},
 * because root filesystems are full of links that JUnit warns of.
 */
final class Workspace
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  private Path root;
  private Path directory;
  private OrdinaryUser user;

  /** How many classes are under way, one nested in the other. */
  private int classes;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (classes++ == 0) {
      root = Files.createTempDirectory("slipway-it");
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory(root, "test");
  }

  /** The test's own. */
  Path directory() {
    return directory;
  }

  /** A file below the test's folder, as {@code a/b}. */
  Path path(String name) {
    return directory.resolve(name);
  }

  /** Writes a file below the test's folder, with the folders it needs. */
  Path write(String name, String text) throws IOException {
    Path file = path(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** The program, with the class's store. */
  Slipway slipway() {
    return Slipway.storingIn(root.resolve("store"));
  }

  /** The program, with a store that nothing is in. */
  Slipway freshSlipway() {
    return Slipway.storingIn(directory.resolve("store"));
  }

  /** The class's ordinary user; skips the test by name where there is none. */
  OrdinaryUser user() {
    if (user == null) {
      user = OrdinaryUser.required();
    }
    return user;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    delete(directory);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (--classes > 0) {
      return;
    }
    delete(root);
    if (user != null) {
      user.close();
      user = null;
    }
  }

  static void delete(Path path) {
    Processes.command("rm", "-rf", "--one-file-system", path.toString()).run().orFail();
  }
}
