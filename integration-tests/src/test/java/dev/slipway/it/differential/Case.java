package dev.slipway.it.differential;

import dev.slipway.it.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Dockerfile with its context.
 *
 * @param name group and name, as {@code copy/directory-contents}
 * @param files texts by their paths in the context, the Dockerfile among them
 * @param setup a shell script that completes the context, run in it; may be empty
 * @param options what to add to the command line of every builder
 * @param notes what builder departs from BuildKit's result here, and why
 */
record Case(
    String name,
    Map<String, String> files,
    String setup,
    List<String> options,
    Map<String, String> notes) {

  /** Lays the context out. */
  void writeTo(Path directory, String registry) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(
          path, file.getValue().replace("registry/", registry + "/"), StandardCharsets.UTF_8);
    }
    String script =
        "set -eu; umask 022\n"
            + setup
            + "\nfind . -depth -exec touch -h -c -d '2001-02-03 04:05:06Z' {} +\n";
    Processes.command("sh", "-c", script).in(directory).with("TZ", "UTC").run().orFail();
  }

  @Override
  public String toString() {
    return name;
  }
}
