package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code node} is told to run.
 *
 * @param main the script; null where there is none
 * @param required what {@code --require} and {@code --import} name as files
 */
record NodeCommand(@Nullable String main, List<String> required) {
  private static final Set<String> REQUIRE = Set.of("-r", "--require", "--import");
  private static final Set<String> VALUED =
      Set.of("-C", "--conditions", "--env-file", "--env-file-if-exists", "--title", "--input-type");

  /** With these it runs something else, or only looks at the script. */
  private static final Set<String> OTHERWISE =
      Set.of(
          "-",
          "-c",
          "--check",
          "-e",
          "--eval",
          "-h",
          "--help",
          "-i",
          "--interactive",
          "-p",
          "-pe",
          "--print",
          "--run",
          "--test",
          "-v",
          "--version",
          "--watch",
          "--watch-path",
          "inspect",
          "--loader",
          "--experimental-loader",
          "--snapshot-blob",
          "--build-snapshot",
          "--preserve-symlinks-main",
          "--experimental-default-type");

  NodeCommand {
    required = List.copyOf(required);
  }

  /** Null where the command is another one, or not plain to see. */
  static @Nullable NodeCommand of(List<String> command, @Nullable String options) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    if (!name.equals("node") && !name.equals("nodejs")) {
      return null;
    }
    List<String> words = new ArrayList<>();
    if (options != null && !options.isBlank()) {
      words.addAll(List.of(options.strip().split("\\s+")));
    }
    words.addAll(command.subList(1, command.size()));
    List<String> required = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      int equals = word.indexOf('=');
      String option = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
      if (REQUIRE.contains(option)) {
        String value =
            option.equals(word) && at + 1 < words.size()
                ? words.get(++at)
                : word.substring(equals + 1);
        if (value.startsWith("/") || value.startsWith("./") || value.startsWith("../")) {
          required.add(value);
        }
      } else if (OTHERWISE.contains(option)) {
        return null;
      } else if (VALUED.contains(word)) {
        at++;
      } else if (!word.startsWith("-")) {
        return new NodeCommand(word, required);
      }
    }
    return new NodeCommand(null, required);
  }
}
