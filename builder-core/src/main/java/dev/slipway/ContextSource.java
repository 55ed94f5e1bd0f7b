package dev.slipway;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Where a build context comes from. */
public sealed interface ContextSource {

  /**
   * Whether docker takes it for a URL. A directory of that name, as one called {@code github.com},
   * has to be looked for before.
   */
  static boolean isRemote(String text) {
    for (String prefix :
        List.of("http://", "https://", "git://", "ssh://", "git@", "github.com/")) {
      if (text.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

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
