package dev.slipway.it.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * BuildKit's results, as a build with it recorded them, beside the cases in {@code
 * <group>.expected}. Where Slipway departs on purpose its own result stands there too, its name
 * followed by {@code (slipway)}.
 */
final class Expectations {
  private static final String CASE = "=== ";

  private final Path directory;
  private final Map<String, List<String>> results = new LinkedHashMap<>();

  Expectations(Path directory) {
    this.directory = directory;
  }

  void readGroup(String group) throws IOException {
    Path file = directory.resolve(group + ".expected");
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(CASE)) {
        lines = new ArrayList<>();
        results.put(group + "/" + line.substring(CASE.length()), lines);
      } else {
        lines.add(line);
      }
    }
  }

  /** Null where nothing is recorded. */
  List<String> of(String name) {
    return results.get(name);
  }

  void record(String name, List<String> lines) {
    results.put(name, lines);
  }

  /** Writes all that is known, in the order of names. */
  void write() throws IOException {
    Map<String, StringBuilder> groups = new TreeMap<>();
    new TreeMap<>(results)
        .forEach(
            (name, lines) -> {
              int slash = name.indexOf('/');
              StringBuilder text =
                  groups.computeIfAbsent(name.substring(0, slash), g -> new StringBuilder());
              text.append(CASE).append(name.substring(slash + 1)).append('\n');
              lines.forEach(line -> text.append(line).append('\n'));
            });
    for (Map.Entry<String, StringBuilder> group : groups.entrySet()) {
      Files.writeString(directory.resolve(group.getKey() + ".expected"), group.getValue());
    }
  }
}
