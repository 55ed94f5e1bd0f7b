package dev.slipway.inspect.start;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs whose only work is to start another one: init processes for containers, and such as
 * change the user or the environment.
 *
 * @param command what is started, with its arguments
 * @param user as whom, in the notation of USER; null for whoever starts it
 */
record Launcher(List<String> command, @Nullable String user) {
  /** The options of each that have a value; all others are flags. */
  private static final Map<String, Set<String>> INITS =
      Map.of(
          "tini", Set.of("-p", "-e"),
          "tini-static", Set.of("-p", "-e"),
          "docker-init", Set.of("-p", "-e"),
          "dumb-init", Set.of("-r", "--rewrite"),
          "catatonit", Set.of(),
          "nohup", Set.of(),
          "setsid", Set.of());

  private static final Set<String> AS_USER = Set.of("gosu", "su-exec");

  /** Whether it starts by way of the C library: a program in Go asks the kernel only. */
  static boolean asksShell(String program) {
    return !program.endsWith("gosu") && !program.endsWith("catatonit");
  }

  /** What such a program starts, or null where the command is none or that is not plain to see. */
  static @Nullable Launcher of(List<String> command) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    if (name.equals("env")) {
      List<String> started = EnvCommand.started(arguments);
      return started == null ? null : new Launcher(started, null);
    }
    if (AS_USER.contains(name)) {
      return arguments.size() < 2 || arguments.get(0).startsWith("-")
          ? null
          : new Launcher(arguments.subList(1, arguments.size()), arguments.get(0));
    }
    Set<String> valued = INITS.get(name);
    int at = 0;
    while (valued != null && at < arguments.size() && arguments.get(at).startsWith("-")) {
      String option = arguments.get(at++);
      if (option.equals("--")) {
        break;
      }
      at += valued.contains(option) ? 1 : 0;
    }
    return valued == null || at >= arguments.size()
        ? null
        : new Launcher(arguments.subList(at, arguments.size()), null);
  }
}
