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
 * @param environment in which, as of ENV
 * @param directory in which; null for the launcher's own
 */
record Launcher(
    List<String> command,
    @Nullable String user,
    List<String> environment,
    @Nullable String directory) {
  /** It is told a time before the command. */
  private static final String TIMEOUT = "timeout";

  /** The options of each that have a value; all others are flags. */
  private static final Map<String, Set<String>> INITS =
      Map.of(
          "tini", Set.of("-p", "-e"),
          "tini-static", Set.of("-p", "-e"),
          "docker-init", Set.of("-p", "-e"),
          "dumb-init", Set.of("-r", "--rewrite"),
          "catatonit", Set.of(),
          "nohup", Set.of());

  /** The same of tools that only prepare the process. */
  private static final Map<String, Set<String>> TOOLS =
      Map.of(
          "nice",
          Set.of("-n", "--adjustment"),
          "ionice",
          Set.of("-c", "--class", "-n", "--classdata"),
          "stdbuf",
          Set.of("-i", "--input", "-o", "--output", "-e", "--error"),
          TIMEOUT,
          Set.of("-k", "--kill-after", "-s", "--signal"),
          "setpriv",
          Set.of(
              "--ambient-caps",
              "--apparmor-profile",
              "--bounding-set",
              "--egid",
              "--euid",
              "--groups",
              "--inh-caps",
              "--pdeathsig",
              "--regid",
              "--reuid",
              "--rgid",
              "--ruid",
              "--securebits",
              "--selinux-label"));

  private static final Set<String> AS_USER = Set.of("gosu", "su-exec", "setuidgid", "s6-setuidgid");
  private static final Set<String> ASK_THE_KERNEL =
      Set.of("gosu", "catatonit", "setuidgid", "s6-setuidgid");

  /** Whether it starts by way of the C library: a program in Go asks the kernel only. */
  static boolean asksShell(String program) {
    return !ASK_THE_KERNEL.contains(program.substring(program.lastIndexOf('/') + 1));
  }

  /** Whether it is an init process that is told nothing to start: all of them refuse that. */
  static boolean isIdle(List<String> command) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    return INITS.containsKey(name)
        && command.subList(1, command.size()).stream().allMatch(word -> word.equals("--"));
  }

  /**
   * What such a program starts, or null where the command is none or that is not plain to see.
   *
   * @param environment in which it is started itself
   */
  static @Nullable Launcher of(List<String> command, List<String> environment) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    if (name.equals("env")) {
      EnvCommand started = EnvCommand.of(arguments, environment);
      return started == null
          ? null
          : new Launcher(started.command(), null, started.environment(), started.directory());
    }
    if (AS_USER.contains(name)) {
      return arguments.size() < 2 || arguments.get(0).startsWith("-")
          ? null
          : new Launcher(
              arguments.subList(1, arguments.size()), arguments.get(0), environment, null);
    }
    Set<String> valued = INITS.containsKey(name) ? INITS.get(name) : TOOLS.get(name);
    int at = 0;
    while (valued != null && at < arguments.size() && arguments.get(at).startsWith("-")) {
      String option = arguments.get(at++);
      if (option.equals("--")) {
        break;
      }
      at += valued.contains(option) ? 1 : 0;
    }
    at += name.equals(TIMEOUT) ? 1 : 0;
    return valued == null || at >= arguments.size()
        ? null
        : new Launcher(arguments.subList(at, arguments.size()), null, environment, null);
  }
}
