package dev.slipway;

import java.io.InputStream;
import java.nio.file.Path;

/** Where a build context comes from. */
public sealed interface ContextSource {

  /** A directory of this machine. */
  record LocalDirectory(Path path) implements ContextSource {}

  /**
   * A stream that holds a tar archive, compressed or not, or the text of a Dockerfile. It is read
   * to its end and not closed.
   */
  record Stream(InputStream stream) implements ContextSource {}

  /** A git repository, or an http(s) URL of a tar archive or a Dockerfile, in docker's notation. */
  record Remote(String url) implements ContextSource {}

  /** Nothing. */
  record Empty() implements ContextSource {}
}
