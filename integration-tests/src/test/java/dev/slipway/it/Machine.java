package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests need of the machine they run on. */
public final class Machine {
  private Machine() {}

  /** The root of the repository. */
  public static Path repository() {
    return Path.of(System.getProperty("slipway.repository", "..")).toAbsolutePath().normalize();
  }

  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Skips the test by name where this is not root. */
  public static void requireRoot() {
    assumeTrue(isRoot(), "needs root");
  }

  public static boolean has(String program) {
    return find(program) != null;
  }

  /** Skips the test by name where a program is missing. */
  public static void require(String... programs) {
    for (String program : programs) {
      assumeTrue(has(program), "needs the program " + program);
    }
  }

  private static Path find(String program) {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin:/sbin";
    for (String directory : path.split(File.pathSeparator)) {
      Path candidate = Path.of(directory, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
