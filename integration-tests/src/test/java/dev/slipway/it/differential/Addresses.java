package dev.slipway.it.differential;

import dev.slipway.it.Processes;
import java.nio.file.Path;

/**
 * Where the servers are that cases call {@code registry/} and {@code http://web/}.
 *
 * @param registry host and port
 * @param web host and port
 * @param webDirectory what it serves; {@code $WEB} in scripts
 */
record Addresses(String registry, String web, Path webDirectory) {
  /** A text with names turned into addresses. */
  String fill(String text) {
    return text.replace("registry/", registry + "/").replaceAll("(//|@)web/", "$1" + web + "/");
  }

  /** A text with addresses turned into names. */
  String hide(String text) {
    return text.replace(registry, "registry").replace(web, "web");
  }

  /** Runs a shell script whose results are the same everywhere and at any time. */
  void run(String script, Path directory) {
    Processes.command("sh", "-c", "set -eu; umask 022\n" + script)
        .in(directory)
        .with("TZ", "UTC")
        .with("WEB", webDirectory.toString())
        .with("GIT_CONFIG_GLOBAL", "/dev/null")
        .with("GIT_CONFIG_NOSYSTEM", "1")
        .with("GIT_AUTHOR_NAME", "someone")
        .with("GIT_AUTHOR_EMAIL", "someone@example.org")
        .with("GIT_AUTHOR_DATE", "2015-05-05T05:05:05Z")
        .with("GIT_COMMITTER_NAME", "someone")
        .with("GIT_COMMITTER_EMAIL", "someone@example.org")
        .with("GIT_COMMITTER_DATE", "2015-05-05T05:05:05Z")
        .run()
        .orFail();
  }
}
