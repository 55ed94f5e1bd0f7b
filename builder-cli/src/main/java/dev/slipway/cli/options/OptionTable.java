package dev.slipway.cli.options;

import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.diagnostic.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of one command, and how an argument list is read with them: {@code --name value},
 * {@code --name=value}, {@code -n value}, {@code -nvalue}, {@code -n=value}, bundled switches,
 * options after operands, and {@code --} which ends them. A lone {@code -} is an operand.
 */
public final class OptionTable {
  private final List<Option> options;
  private final Map<String, Option> byName = new LinkedHashMap<>();

  public OptionTable(List<Option> options) {
    this.options = List.copyOf(options);
    for (Option option : options) {
      if (byName.put(option.name(), option) != null) {
        throw new IllegalArgumentException("two options --" + option.name());
      }
    }
  }

  public List<Option> options() {
    return options;
  }

  @Nullable Option named(String name) {
    return byName.get(name);
  }

  /**
   * Reads an argument list.
   *
   * @throws UsageException for an option that is unknown or refused, or a value that is missing or
   *     too much
   */
  public Arguments read(List<String> arguments) {
    Reading reading = new Reading(arguments);
    reading.run();
    return new Arguments(this, reading.values, reading.operands);
  }

  /** One pass over an argument list. */
  private final class Reading {
    private final List<String> arguments;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();
    private int next;

    Reading(List<String> arguments) {
      this.arguments = arguments;
    }

    void run() {
      while (next < arguments.size()) {
        String argument = arguments.get(next++);
        if (argument.equals("--")) {
          operands.addAll(arguments.subList(next, arguments.size()));
          return;
        } else if (argument.startsWith("--")) {
          readLong(argument.substring(2));
        } else if (argument.startsWith("-") && argument.length() > 1) {
          readLetters(argument);
        } else {
          operands.add(argument);
        }
      }
    }

    private void readLong(String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      Option option = byName.get(name);
      if (option == null) {
        throw new UsageException("unknown option \"--" + name + "\"", nearestOption(name));
      }
      String written = "--" + name;
      if (equals >= 0) {
        accept(option, written, text.substring(equals + 1));
      } else if (option.takesValue()) {
        accept(option, written, following(written, option));
      } else {
        accept(option, written, option.kind() == Option.Kind.OPTIONAL ? "" : "true");
      }
    }

    private void readLetters(String argument) {
      for (int i = 1; i < argument.length(); i++) {
        Option option = lettered(argument.charAt(i));
        if (option == null) {
          String shown = argument.length() == 2 ? "" : " in \"" + argument + "\"";
          throw new UsageException(
              "unknown option \"-" + argument.charAt(i) + "\"" + shown,
              nearestOption(argument.substring(1)));
        }
        String written = "-" + option.letter();
        String rest = argument.substring(i + 1);
        if (rest.startsWith("=")) {
          accept(option, written, rest.substring(1));
          return;
        }
        if (option.takesValue()) {
          accept(option, written, rest.isEmpty() ? following(written, option) : rest);
          return;
        }
        accept(option, written, "true");
      }
    }

    private String following(String written, Option option) {
      if (next == arguments.size()) {
        throw new UsageException(written + " wants a value: " + written + " " + option.value());
      }
      return arguments.get(next++);
    }

    private void accept(Option option, String written, String value) {
      if (option.kind() == Option.Kind.REFUSED) {
        if (!asksForNothing(value)) {
          throw new UsageException(written + " is not supported: " + option.help());
        }
        return;
      }
      if (option.kind() == Option.Kind.ALWAYS || option.kind() == Option.Kind.IDLE) {
        if (truth(written, value).equals("false") && option.kind() == Option.Kind.ALWAYS) {
          throw new UsageException(written + "=" + value + " is not supported: " + option.help());
        }
        return;
      }
      List<String> sofar = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
      if (option.kind() != Option.Kind.REPEATED) {
        sofar.clear();
      }
      sofar.add(option.kind() == Option.Kind.SWITCH ? truth(written, value) : value);
    }
  }

  private static String truth(String written, String value) {
    return GoBoolean.parse(value)
        .map(String::valueOf)
        .orElseThrow(
            () -> new UsageException(written + " is \"true\" or \"false\", not \"" + value + "\""));
  }

  private static boolean asksForNothing(String value) {
    return value.isEmpty() || value.equals("false") || value.equals("default");
  }

  private @Nullable Option lettered(char letter) {
    for (Option option : options) {
      if (option.letter() == letter) {
        return option;
      }
    }
    return null;
  }

  private String nearestOption(String name) {
    String nearest =
        NearestName.find(
            name, options.stream().filter(Option::isOffered).map(Option::name).toList());
    return nearest == null ? "--help lists the options" : "did you mean \"--" + nearest + "\"?";
  }
}
