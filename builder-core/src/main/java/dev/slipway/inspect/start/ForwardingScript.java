package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell's script whose last line is {@code exec "$@"} or ends so, or is {@code exec program}:
 * what entrypoints of images do.
 */
final class ForwardingScript {
  private static final String ARGUMENTS = "(?:\"\\$@\"|\"\\$\\{@}\"|\\$@)";
  private static final String PLAIN_WORD = "[A-Za-z0-9_./:@%+,-]+";
  private static final Pattern LAST =
      Pattern.compile("(?:exec\\s+)?((?:" + PLAIN_WORD + "\\s+)*)" + ARGUMENTS);

  /** What the program is told need not be plain, but nothing else may stand there. */
  private static final Pattern LAST_OF_ITS_OWN =
      Pattern.compile("exec\\s+((?:[A-Za-z0-9_./][A-Za-z0-9_./:@%+,=-]*)(?:\\s[^;|&`()<>\\\\]*)?)");

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
    if (!text.contains("$@") && !text.contains("${@}") && !text.contains("exec ")) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String stripped = line.strip();
      if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        lines.add(stripped);
      }
    }
    String line = lines.isEmpty() ? "" : plain(lines.remove(lines.size() - 1));
    List<String> before = CaseClauses.commands(lines);
    Matcher last = LAST.matcher(line);
    boolean forwards = last.matches();
    if (before == null
        || !endsQuotes(line)
        || !before.stream().allMatch(ForwardingScript::isHarmless)) {
      return null;
    }
    List<String> started = new ArrayList<>();
    if (!forwards) {
      started.addAll(ownProgram(line));
    } else {
      if (!last.group(1).isEmpty()) {
        started.addAll(List.of(last.group(1).strip().split("\\s+")));
      }
      started.addAll(arguments);
    }
    return started.isEmpty() || started.get(0).startsWith("-") || mention(before, started.get(0))
        ? null
        : started;
  }

  /** Without a comment, an exchange of outputs, and quotes that change nothing. */
  private static String plain(String line) {
    return line.replaceFirst("\\s#[^\"']*$", "")
        .strip()
        .replaceFirst("\\s+(?:1?>&2|2>&1)$", "")
        .replaceAll("(?<=\\s)([\"'])(" + PLAIN_WORD + ")\\1(?=\\s|$)", "$2");
  }

  /** Whether the program may be made before it is started. */
  private static boolean mention(List<String> lines, String program) {
    String name = Pattern.quote(program.substring(program.lastIndexOf('/') + 1));
    Pattern word = Pattern.compile("(?<![A-Za-z0-9_.-])" + name + "(?![A-Za-z0-9_.-])");
    return lines.stream().anyMatch(line -> word.matcher(line).find());
  }

  /** The program that the script ends with, and its arguments as far as all of them are plain. */
  private static List<String> ownProgram(String line) {
    Matcher last = LAST_OF_ITS_OWN.matcher(line);
    if (!last.matches()) {
      return List.of();
    }
    List<String> words = List.of(last.group(1).strip().split("\\s+"));
    boolean plain = words.stream().allMatch(word -> word.matches(PLAIN_WORD));
    return plain ? words : words.subList(0, 1);
  }

  /** A text over several lines would hide what looks like a command. */
  private static boolean endsQuotes(String line) {
    return line.chars().filter(c -> c == '"').count() % 2 == 0
        && line.chars().filter(c -> c == '\'').count() % 2 == 0;
  }

  private static boolean isHarmless(String line) {
    if (CHANGES.matcher(line).find() || !endsQuotes(line)) {
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
