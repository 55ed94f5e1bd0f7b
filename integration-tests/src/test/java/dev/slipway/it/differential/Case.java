package dev.slipway.it.differential;

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
 * @param change one that changes it before it is built a second time; empty for one build only
 * @param options what to add to the command line of every builder
 * @param context what to build instead of the directory; empty for the directory
 * @param notes what builder departs from BuildKit's result here, and why
 */
record Case(
    String name,
    Map<String, String> files,
    String setup,
    String change,
    List<String> options,
    String context,
    Map<String, String> notes) {

  boolean isBuiltTwice() {
    return !change.isEmpty();
  }

  /** Lays the context out. */
  void writeTo(Path directory, Addresses addresses) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, addresses.fill(file.getValue()), StandardCharsets.UTF_8);
    }
    addresses.run(
        setup + "\nfind . -depth -exec touch -h -c -d '2001-02-03 04:05:06Z' {} +\n", directory);
  }

  @Override
  public String toString() {
    return name;
  }
}
