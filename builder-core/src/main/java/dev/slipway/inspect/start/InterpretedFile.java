package dev.slipway.inspect.start;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file that an interpreter is told to run: {@code python FILE}. */
final class InterpretedFile {
  /** Of Python, those without a value that do not say otherwise what is run. */
  private static final Set<String> PYTHON_FLAGS =
      Set.of("-b", "-B", "-d", "-E", "-I", "-O", "-OO", "-P", "-q", "-s", "-S", "-u", "-v", "-x");

  private InterpretedFile() {}

  /** Its name; null where the command is no such interpreter's, or is not plain. */
  static @Nullable String of(List<String> command) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    return isPython(name) ? script(arguments) : null;
  }

  /** The module that Python is told to run; null for none. */
  static @Nullable String moduleOf(List<String> command) {
    if (!isPython(command.get(0).substring(command.get(0).lastIndexOf('/') + 1))) {
      return null;
    }
    for (int at = 1; at + 1 < command.size(); at++) {
      if (command.get(at).equals("-m")) {
        return command.get(at + 1);
      }
      if (!PYTHON_FLAGS.contains(command.get(at))) {
        return null;
      }
    }
    return null;
  }

  private static boolean isPython(String name) {
    return name.startsWith("python")
        && name.chars().skip("python".length()).allMatch(c -> c == '.' || c >= '0' && c <= '9');
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
