package dev.slipway;

import java.io.InputStream;
import java.nio.file.Path;

/** Where the Dockerfile comes from. */
public sealed interface DockerfileSource {

  /** A path inside the build context; {@code Dockerfile} where nothing is said. */
  record InContext(String path) implements DockerfileSource {
    public static final InContext DEFAULT = new InContext("Dockerfile");
  }

  /** A file of this machine, inside the context or not. */
  record LocalFile(Path path) implements DockerfileSource {}

  /** A stream, read to its end and not closed. */
  record Stream(InputStream stream) implements DockerfileSource {}

  /**
   * A text.
   *
   * @param name as it is named in messages
   */
  record Text(String name, String text) implements DockerfileSource {}
}
