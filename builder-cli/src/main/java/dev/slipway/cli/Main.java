package dev.slipway.cli;

import dev.slipway.worker.WorkerJvm;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program {@code slipway}: reads what surrounds the process, once, and hands it in; ends the
 * process with an exit code.
 */
public final class Main {
  private Main() {}

  /** Ends the process, but for a mere version, which needs nothing of what follows. */
  public static void main(String[] words) {
    if (words.length == 1 && words[0].equals("--version")) {
      System.out.println(Version.LINE);
      return;
    }
    Preparation.begin();
    keepLibrariesQuiet();
    EndRequest end = new EndRequest();
    Surroundings surroundings = surroundings(end);
    int code = new CommandLine(surroundings, commands()).run(List.of(words));
    surroundings.streams().out().flush();
    surroundings.streams().err().flush();
    end.finished();
    System.exit(code);
  }

  /** Nobody reads what the HTTP client would log; to find out how takes it 30 ms. */
  private static void keepLibrariesQuiet() {
    String logging = "org.apache.commons.logging.";
    System.setProperty(logging + "LogFactory", logging + "impl.LogFactoryImpl");
    System.setProperty(logging + "Log", logging + "impl.NoOpLog");
  }

  static List<Command> commands() {
    return List.of(
        new BuildCommand(),
        new AnalyzeCommand(),
        new SquashCommand(),
        new PinCommand(),
        new DoctorCommand(),
        new CacheUsageCommand(),
        new CachePruneCommand());
  }

  private static Surroundings surroundings(EndRequest end) {
    Map<String, String> environment = System.getenv();
    String home = System.getProperty("user.home");
    return new Surroundings(
        environment,
        Path.of("").toAbsolutePath(),
        Path.of(property("java.io.tmpdir")),
        home == null || home.isEmpty() || home.equals("?") ? null : Path.of(home),
        workerJvm(),
        property("java.version"),
        property("os.arch"),
        new StandardStreams(
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            isTerminal("out", environment),
            isTerminal("err", environment),
            () -> TerminalQuery.ask(environment)),
        new Clocks(Clock.systemUTC(), System::nanoTime, ProcessAge::nanos),
        end.cancellation());
  }

  /**
   * The launcher, whose class-data archive is for this jar and for the worker's classes too, gives
   * options with which the worker runs from it.
   */
  private static WorkerJvm workerJvm() {
    Path java = Path.of(property("java.home"), "bin", "java");
    String options = System.getProperty("slipway.worker", "");
    return options.isEmpty()
        ? WorkerJvm.of(java)
        : new WorkerJvm(java, Optional.of(Path.of(property("java.class.path"))), List.of(options));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("no system property " + name);
    }
    return value;
  }

  // The launcher knows from the shell which of them are; Java 17 could only guess.
  private static boolean isTerminal(String stream, Map<String, String> environment) {
    return System.getProperty("slipway.terminals", "").contains(stream)
        && !"dumb".equals(environment.get("TERM"));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }
}
