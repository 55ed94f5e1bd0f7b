package dev.slipway.inspect.start;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file that an interpreter is told to run: {@code java -jar FILE}, {@code python FILE}. */
final class InterpretedFile {
  private static final Set<String> JAVA_OPTIONS_WITH_A_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--enable-native-access");

  /** Of Python, those without a value that do not say otherwise what is run. */
  private static final Set<String> PYTHON_FLAGS =
      Set.of("-b", "-B", "-d", "-E", "-I", "-O", "-OO", "-P", "-q", "-s", "-S", "-u", "-v", "-x");

  private static final List<String> NODE_FILES = List.of(".js", ".mjs", ".cjs");

  private InterpretedFile() {}

  /** Its name; null where the command is no such interpreter's, or is not plain. */
  static @Nullable String of(List<String> command) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    if (name.equals("java")) {
      return archive(arguments);
    }
    if (name.equals("node") || name.equals("nodejs")) {
      // Of another name node makes several, and other programs give what -r and its kin name.
      String first = arguments.isEmpty() ? "" : arguments.get(0);
      return NODE_FILES.stream().anyMatch(first::endsWith) && !first.startsWith("-") ? first : null;
    }
    return isPython(name) ? script(arguments) : null;
  }

  private static boolean isPython(String name) {
    return name.startsWith("python")
        && name.chars().skip("python".length()).allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  private static @Nullable String archive(List<String> arguments) {
    for (int at = 0; at < arguments.size(); at++) {
      String option = arguments.get(at);
      if (option.equals("-jar")) {
        return at + 1 < arguments.size() ? plain(arguments.get(at + 1)) : null;
      } else if (JAVA_OPTIONS_WITH_A_VALUE.contains(option)) {
        at++;
      } else if (!option.startsWith("-")) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable String script(List<String> arguments) {
    for (String argument : arguments) {
      if (!PYTHON_FLAGS.contains(argument)) {
        return argument.startsWith("-") ? null : plain(argument);
      }
    }
    return null;
  }

  private static @Nullable String plain(String name) {
    return name.isEmpty() || name.startsWith("-") || name.startsWith("@") ? null : name;
  }
}
