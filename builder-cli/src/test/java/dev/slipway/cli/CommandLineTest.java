package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.progress.TerminalSize;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.SourceFile;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.worker.WorkerJvm;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Supplier<Integer> work = () -> ExitCode.DONE;

  private final Surroundings surroundings =
      new Surroundings(
          Map.of(),
          Path.of("/project"),
          Path.of("/tmp"),
          Path.of("/home/me"),
          WorkerJvm.of(Path.of("/jdk/bin/java")),
          "17.0.1",
          "amd64",
          new StandardStreams(
              InputStream.nullInputStream(),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              false,
              false,
              () -> TerminalSize.USUAL),
          new Clocks(Clock.systemUTC(), System::nanoTime, () -> 0),
          new Cancellation());

  private int run(String... words) {
    List<Command> commands =
        List.of(
            new Working("work", "THING"),
            new Working("cache du", ""),
            new Working("cache prune", ""));
    return new CommandLine(surroundings, commands).run(List.of(words));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatACommandReturnsIsTheExitCode() {
    work = () -> 42;
    assertThat(run("work")).isEqualTo(42);
    assertThat(run("cache", "du")).isEqualTo(42);
  }

  @Test
  void aMistypedCommandIsNamedWithTheOneThatWasMeant() {
    assertThat(run("wrok")).isEqualTo(ExitCode.USAGE);
    assertThat(err())
        .isEqualTo("slipway: error: unknown command \"wrok\"\nhint: did you mean \"work\"?\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache | it is \"cache du\" or \"cache prune\"",
        "lint | say slipway build --check CONTEXT",
        "prune | say slipway cache prune",
        "images | slipway --help lists them"
      })
  void whoTypesAnotherToolsCommandIsToldOurs(String word, String hint) {
    assertThat(run(word)).isEqualTo(ExitCode.USAGE);
    assertThat(err())
        .isEqualTo("slipway: error: unknown command \"" + word + "\"\nhint: " + hint + "\n");
  }

  @Test
  void aWordThatACommandDoesNotTakeIsRefused() {
    work = () -> 42;
    assertThat(run("cache", "prune", "7d")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("cache prune takes options only, not \"7d\"");
    assertThat(run("work", "thing")).isEqualTo(42);
  }

  @Test
  void helpTakesACommand() {
    assertThat(run("help", "cache", "du")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: slipway cache du");
    assertThat(run("help", "nothing")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void anOptionBeforeTheCommandIsExplained() {
    assertThat(run("-q", "work")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("a command must come before \"-q\"");
  }

  @Test
  void helpIsAskedForAnywhereBeforeTheDoubleDash() {
    assertThat(run("work", "x", "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            Usage: slipway work [OPTIONS] THING

            Do it.

            Group:
              -o, --option VALUE …              a help text that is long enough to be broken into two lines of
                                                the width that help texts have
            """);
  }

  @Test
  void allThatIsWrongWithATextIsShown() {
    SourceFile file = new SourceFile("Dockerfile", "FROM a\nFRM b\n");
    work =
        () -> {
          throw new DiagnosticsException(
              List.of(
                  Diagnostic.warning("odd", null),
                  Diagnostic.error("worse", file.span(7, 10)).withHint("FROM")));
        };
    assertThat(run("work")).isEqualTo(ExitCode.FAILED);
    assertThat(err())
        .isEqualTo(
            """
            warning: odd
            Dockerfile:2:1: error: worse
            FRM b
            ^^^
            hint: FROM
            """);
  }

  @Test
  void aFailureThatCameOfACancellationIsACancellation() {
    work =
        () -> {
          throw new CancelledException();
        };
    assertThat(run("work")).isEqualTo(ExitCode.CANCELLED);
    work =
        () -> {
          surroundings.cancellation().cancel();
          throw new BuildException("the worker is gone");
        };
    assertThat(run("work")).isEqualTo(ExitCode.CANCELLED);
    assertThat(err()).isEqualTo("slipway: cancelled\nslipway: cancelled\n");
  }

  @Test
  void aMistakeOfTheProgramIsTracedAndEndsWith70() {
    work =
        () -> {
          throw new IllegalStateException("impossible");
        };
    assertThat(run("work")).isEqualTo(ExitCode.BUG);
    assertThat(err()).contains("a mistake of this program", "IllegalStateException: impossible");
  }

  @Test
  void memoryThatIsTooSmallIsNoMistakeOfTheProgram() {
    work =
        () -> {
          throw new OutOfMemoryError();
        };
    assertThat(run("work")).isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("out of memory", "SLIPWAY_JAVA_OPTS");
  }

  private final class Working implements Command {
    private final String name;
    private final String operands;

    Working(String name, String operands) {
      this.name = name;
      this.operands = operands;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String operands() {
      return operands;
    }

    @Override
    public String summary() {
      return "do it";
    }

    @Override
    public OptionTable options() {
      return new OptionTable(
          List.of(
              Option.repeated(
                  "option",
                  'o',
                  "VALUE",
                  "Group",
                  "a help text that is long enough to be broken into two lines of the width that"
                      + " help texts have")));
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
      return work.get();
    }
  }
}
