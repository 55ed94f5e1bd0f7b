package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell's script whose last line is {@code exec "$@"} or ends so: what entrypoints of images do.
 */
final class ForwardingScript {
  private static final String ARGUMENTS = "(?:\"\\$@\"|\"\\$\\{@}\"|\\$@)";
  private static final String PLAIN_WORD = "[A-Za-z0-9_./:@%+,-]+";
  private static final Pattern LAST =
      Pattern.compile("(?:exec\\s+)?((?:" + PLAIN_WORD + "\\s+)*)" + ARGUMENTS);

  /** Where a command may begin in a line. */
  private static final Pattern COMMANDS = Pattern.compile("\\$\\(|[;&|(`{}]+");

  private static final Pattern KEYWORDS =
      Pattern.compile("(?:(?:if|then|elif|else|while|until|do|!)\\s+)+");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*=\\S*\\s*");
  private static final Pattern SET_OPTIONS =
      Pattern.compile("set(?:\\s+[-+][A-Za-z]+(?:\\s+pipefail)?)+");

  /** Arguments, the search for programs, or what the shell understands may be changed by these. */
  private static final Pattern CHANGES =
      Pattern.compile("\\$[@*#0-9]|\\$\\{[@*#!0-9]|PATH|<<|\\(\\)|\\\\$", Pattern.MULTILINE);

  /** What leaves programs and arguments as they are. */
  private static final Set<String> HARMLESS =
      Set.of(
          "",
          ":",
          "[",
          "[[",
          "cat",
          "chgrp",
          "chmod",
          "chown",
          "date",
          "do",
          "done",
          "echo",
          "else",
          "envsubst",
          "esac",
          "export",
          "false",
          "fi",
          "for",
          "grep",
          "head",
          "hostname",
          "id",
          "if",
          "mkdir",
          "printf",
          "pwd",
          "readonly",
          "rm",
          "sed",
          "sleep",
          "tail",
          "test",
          "then",
          "touch",
          "tr",
          "trap",
          "true",
          "ulimit",
          "umask",
          "uname",
          "unset",
          "wc",
          "whoami");

  private ForwardingScript() {}

  /**
   * What the script starts in the end; null where that is not plain to see, or all that it is.
   *
   * @param arguments of the script
   */
  static @Nullable List<String> started(String text, List<String> arguments) {
    if (!text.contains("$@") && !text.contains("${@}")) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        lines.add(stripped);
      }
    }
    Matcher last = LAST.matcher(lines.isEmpty() ? "" : lines.remove(lines.size() - 1));
    if (!last.matches() || !lines.stream().allMatch(ForwardingScript::isHarmless)) {
      return null;
    }
    List<String> started = new ArrayList<>();
    if (!last.group(1).isEmpty()) {
      started.addAll(List.of(last.group(1).strip().split("\\s+")));
    }
    started.addAll(arguments);
    return started.isEmpty() || started.get(0).startsWith("-") ? null : started;
  }

  private static boolean isHarmless(String line) {
    if (CHANGES.matcher(line).find()) {
      return false;
    }
    for (String part : COMMANDS.split(line, -1)) {
      String command = KEYWORDS.matcher(part.strip()).replaceFirst("").strip();
      Matcher assignment = ASSIGNMENT.matcher(command);
      while (assignment.lookingAt()) {
        command = command.substring(assignment.end());
        assignment = ASSIGNMENT.matcher(command);
      }
      if (!HARMLESS.contains(command.split("[\\s)<>]", 2)[0])
          && !SET_OPTIONS.matcher(command).matches()) {
        return false;
      }
    }
    return true;
  }
}
