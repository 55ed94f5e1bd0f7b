package dev.slipway.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program {@code slipway}: reads what surrounds the process, once, and hands it in; ends the
 * process with an exit code.
 */
public final class Main {
  private Main() {}

  /** Never returns. */
  public static void main(String[] words) {
    Surroundings surroundings = surroundings();
    int code = new CommandLine(surroundings, commands()).run(List.of(words));
    surroundings.out().flush();
    surroundings.err().flush();
    System.exit(code);
  }

  static List<Command> commands() {
    return List.of();
  }

  private static Surroundings surroundings() {
    Map<String, String> environment = System.getenv();
    String home = System.getProperty("user.home");
    return new Surroundings(
        environment,
        Path.of("").toAbsolutePath(),
        Path.of(property("java.io.tmpdir")),
        home == null || home.isEmpty() || home.equals("?") ? null : Path.of(home),
        Path.of(property("java.home")),
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        isTerminal(environment.get("TERM")),
        () -> TerminalQuery.ask(environment),
        Clock.systemUTC(),
        System::nanoTime);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("no system property " + name);
    }
    return value;
  }

  // The launcher knows from the shell whether it is one; Java 17 could only guess.
  private static boolean isTerminal(@Nullable String term) {
    return Boolean.getBoolean("slipway.terminal") && !"dumb".equals(term);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }
}
