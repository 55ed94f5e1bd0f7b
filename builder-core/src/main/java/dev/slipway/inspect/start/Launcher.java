package dev.slipway.inspect.start;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs whose only work is to start another one: init processes for containers. */
final class Launcher {
  private static final Set<String> INITS =
      Set.of("tini", "tini-static", "docker-init", "dumb-init", "catatonit");

  private Launcher() {}

  /** What such a program starts, or null where the command is none or that is not plain to see. */
  static @Nullable String started(List<String> command) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    if (!INITS.contains(name)) {
      return null;
    }
    int separator = command.indexOf("--");
    int at = separator < 0 ? 1 : separator + 1;
    // Without "--", an option's value could be taken for the program.
    return at < command.size() && !command.get(at).startsWith("-") ? command.get(at) : null;
  }
}
