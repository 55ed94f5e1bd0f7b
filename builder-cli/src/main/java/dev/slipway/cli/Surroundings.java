package dev.slipway.cli;

import dev.slipway.cli.progress.TerminalSize;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that the program reads of the world around it, apart from files that it is told to read.
 *
 * @param workingDirectory absolute; relative paths of the command line start here
 * @param java the Java installation that runs this program
 * @param out results: digests, tables, an output written to {@code -}
 * @param err progress and errors
 * @param terminal whether {@code err} is a terminal that understands cursor movement
 * @param terminalSize asks that terminal; may cost a process
 * @param nanoTime a clock that only moves forward
 */
record Surroundings(
    Map<String, String> environment,
    Path workingDirectory,
    Path temporaryDirectory,
    @Nullable Path home,
    Path java,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Supplier<TerminalSize> terminalSize,
    Clock clock,
    LongSupplier nanoTime) {

  /** A variable of the environment; null where it is not set or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A path of the command line, made absolute. */
  Path path(String written) {
    return workingDirectory.resolve(written).normalize();
  }
}
