package dev.slipway.cli;

import dev.slipway.cli.options.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the help texts from the commands' own tables. */
final class HelpText {
  private static final int INDENT = 36;
  private static final int WIDTH = 100;

  private HelpText() {}

  /** The text of {@code slipway --help}. */
  static String overview(List<Command> commands) {
    StringBuilder text =
        new StringBuilder()
            .append("Builds container images from Dockerfiles, with no Docker and no daemon.\n\n")
            .append("Usage: slipway COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n");
    for (Command command : commands) {
      entry(text, "  " + command.name(), command.summary());
    }
    text.append("\nOptions:\n");
    entry(text, "  -h, --help", "this text, or a command's own");
    entry(text, "      --version", "the version");
    return text.append("\n\"slipway COMMAND --help\" tells a command's options.\n").toString();
  }

  /** The text of {@code slipway COMMAND --help}. */
  static String of(Command command) {
    StringBuilder text = new StringBuilder("Usage: slipway ").append(command.name());
    text.append(command.options().options().isEmpty() ? "" : " [OPTIONS]");
    text.append(command.operands().isEmpty() ? "" : " " + command.operands());
    text.append("\n\n").append(sentence(command.summary())).append('\n');
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    for (Option option : command.options().options()) {
      if (!option.group().isEmpty()) {
        StringBuilder group = groups.computeIfAbsent(option.group(), name -> new StringBuilder());
        entry(group, heading(option), option.help());
      }
    }
    groups.forEach((name, entries) -> text.append('\n').append(name).append(":\n").append(entries));
    return text.toString();
  }

  private static String sentence(String summary) {
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  private static String heading(Option option) {
    StringBuilder text = new StringBuilder("  ");
    text.append(option.letter() == 0 ? "    " : "-" + option.letter() + ", ");
    text.append("--").append(option.name());
    if (option.kind() == Option.Kind.OPTIONAL) {
      text.append("[=").append(option.value()).append(']');
    } else if (!option.value().isEmpty()) {
      text.append(' ').append(option.value());
    }
    return text.append(option.kind() == Option.Kind.REPEATED ? " …" : "").toString();
  }

  /** A heading at the left and its explanation at the right, broken between words. */
  private static void entry(StringBuilder out, String heading, String help) {
    out.append(heading);
    int column = heading.length();
    if (column >= INDENT - 1) {
      out.append('\n');
      column = 0;
    }
    out.append(" ".repeat(INDENT - column));
    column = INDENT;
    for (String word : help.split(" ", -1)) {
      if (column > INDENT && column + 1 + word.length() > WIDTH) {
        out.append('\n').append(" ".repeat(INDENT));
        column = INDENT;
      } else if (column > INDENT) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    out.append('\n');
  }
}
