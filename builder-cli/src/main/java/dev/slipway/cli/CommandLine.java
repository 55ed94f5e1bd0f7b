package dev.slipway.cli;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.UsageException;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.progress.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the command that is meant, runs it, and makes its end an exit code. */
final class CommandLine {
  /** What others call it, and how it is said here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "lint", "slipway build --check CONTEXT",
          "check", "slipway build --check CONTEXT",
          "push", "slipway build --push -t NAME CONTEXT",
          "inspect", "slipway analyze IMAGE",
          "history", "slipway analyze IMAGE",
          "prune", "slipway cache prune",
          "info", "slipway doctor");

  private final Surroundings surroundings;
  private final List<Command> commands;

  CommandLine(Surroundings surroundings, List<Command> commands) {
    this.surroundings = surroundings;
    this.commands = commands;
  }

  int run(List<String> words) {
    try {
      return dispatch(words);
    } catch (UsageException e) {
      surroundings.streams().err().println("slipway: " + e.toDiagnostic().render());
      return ExitCode.USAGE;
    } catch (BuildException e) {
      if (e instanceof CancelledException || surroundings.cancellation().isCancelled()) {
        surroundings.streams().err().println("slipway: cancelled");
        return ExitCode.CANCELLED;
      }
      surroundings.streams().err().println(e.render());
      return ExitCode.FAILED;
    } catch (OutOfMemoryError e) {
      surroundings
          .streams()
          .err()
          .println("error: out of memory\nhint: give more with SLIPWAY_JAVA_OPTS=-Xmx1g");
      return ExitCode.FAILED;
    } catch (RuntimeException | Error e) {
      surroundings.streams().err().println("slipway: a mistake of this program, please report it:");
      e.printStackTrace(surroundings.streams().err());
      return ExitCode.BUG;
    }
  }

  private int dispatch(List<String> words) {
    String first = words.isEmpty() ? "--help" : words.get(0);
    switch (first) {
      case "help" -> {
        Command asked = words.size() > 1 ? find(words.subList(1, words.size())) : null;
        return dispatch(asked == null ? List.of("-h") : List.of(asked.name(), "-h"));
      }
      case "-h", "--help" -> {
        surroundings.streams().out().print(HelpText.overview(commands));
        return words.isEmpty() ? ExitCode.USAGE : ExitCode.DONE;
      }
      case "version", "--version" -> {
        surroundings.streams().out().println(Version.LINE);
        return ExitCode.DONE;
      }
      default -> {}
    }
    Command command = find(words);
    if (command == null) {
      throw unknown(first, words);
    }
    int length = words.get(0).equals(command.name()) ? 1 : 2;
    List<String> rest = words.subList(length, words.size());
    if (asksForHelp(rest)) {
      surroundings.streams().out().print(HelpText.of(command));
      return ExitCode.DONE;
    }
    Arguments arguments = command.options().read(rest);
    if (command.operands().isEmpty() && !arguments.operands().isEmpty()) {
      throw new UsageException(
          command.name() + " takes options only, not \"" + arguments.operands().get(0) + "\"",
          "slipway " + command.name() + " --help lists them");
    }
    return command.run(arguments, surroundings);
  }

  private @Nullable Command find(List<String> words) {
    String one = words.get(0);
    String two = words.size() > 1 ? one + " " + words.get(1) : one;
    for (Command command : commands) {
      if (command.name().equals(one) || command.name().equals(two)) {
        return command;
      }
    }
    return null;
  }

  private UsageException unknown(String first, List<String> words) {
    if (first.startsWith("-")) {
      return new UsageException(
          "a command must come before \"" + first + "\"",
          "slipway build " + String.join(" ", words));
    }
    List<String> names = new ArrayList<>();
    for (Command command : commands) {
      names.add(command.name());
    }
    String typed =
        words.size() > 1 && !words.get(1).startsWith("-") ? first + " " + words.get(1) : first;
    String nearest = NearestName.find(typed, names);
    if (nearest == null) {
      nearest = NearestName.find(first, names);
    }
    return new UsageException("unknown command \"" + first + "\"", hint(first, nearest, names));
  }

  private static String hint(String first, @Nullable String nearest, List<String> names) {
    List<String> family = names.stream().filter(name -> name.startsWith(first + " ")).toList();
    if (!family.isEmpty()) {
      return "it is \"" + String.join("\" or \"", family) + "\"";
    }
    if (ELSEWHERE.containsKey(first)) {
      return "say " + ELSEWHERE.get(first);
    }
    return nearest == null ? "slipway --help lists them" : "did you mean \"" + nearest + "\"?";
  }

  private static boolean asksForHelp(List<String> words) {
    for (String word : words) {
      if (word.equals("--")) {
        return false;
      }
      if (word.equals("--help") || word.equals("-h")) {
        return true;
      }
    }
    return false;
  }
}
