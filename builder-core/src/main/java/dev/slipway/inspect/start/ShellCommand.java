package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a shell started with a command line will start, where that is plain to see. */
final class ShellCommand {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
  private static final String SPECIAL = "|&;<>()$`\\\"'*?[]#~=%{}!\n\t";

  /** What shells do themselves, and words that begin something longer. */
  private static final Set<String> OWN =
      Set.of(
          ".",
          ":",
          "alias",
          "bg",
          "break",
          "case",
          "cd",
          "command",
          "continue",
          "declare",
          "echo",
          "eval",
          "exit",
          "export",
          "false",
          "fg",
          "for",
          "function",
          "getopts",
          "hash",
          "if",
          "jobs",
          "kill",
          "let",
          "local",
          "printf",
          "pwd",
          "read",
          "readonly",
          "return",
          "select",
          "set",
          "shift",
          "shopt",
          "source",
          "test",
          "time",
          "times",
          "trap",
          "true",
          "type",
          "typeset",
          "ulimit",
          "umask",
          "unalias",
          "unset",
          "until",
          "wait",
          "while");

  private ShellCommand() {}

  /**
   * How an instruction says the same without a shell, or null where it needs one.
   *
   * @param line the command line
   */
  static @Nullable String execForm(String instruction, String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.strip().split(" +", -1)) {
      for (int i = 0; i < word.length(); i++) {
        boolean assigns = word.charAt(i) == '=' && !words.isEmpty();
        if (SPECIAL.indexOf(word.charAt(i)) >= 0 && !assigns) {
          return null;
        }
      }
      words.add(word);
    }
    if (words.get(0).equals("exec")) {
      words.remove(0);
    }
    if (words.isEmpty() || words.get(0).isEmpty() || OWN.contains(words.get(0))) {
      return null;
    }
    String form = instruction.equals("HEALTHCHECK") ? "HEALTHCHECK CMD" : instruction;
    return "without a shell: " + form + " [\"" + String.join("\", \"", words) + "\"]";
  }

  /** The program, or null where the command is no shell's or not so simple. */
  static @Nullable String program(List<String> command) {
    String line = line(command);
    if (line == null || goesOnWithoutIt(line)) {
      return null;
    }
    List<String> words = firstWords(line);
    int at = 0;
    while (at < words.size() && isAssignment(words.get(at))) {
      if (words.get(at).startsWith("PATH=")) {
        return null;
      }
      at++;
    }
    boolean exec = at < words.size() && words.get(at).equals("exec");
    at += exec ? 1 : 0;
    if (at >= words.size() || words.get(at).isEmpty() || words.get(at).startsWith("-")) {
      return null;
    }
    return exec || !OWN.contains(words.get(at)) ? words.get(at) : null;
  }

  /** The command line that a shell is told to run; null where it is none, or told otherwise. */
  private static @Nullable String line(List<String> command) {
    String shell = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    boolean told = false;
    int at = 1;
    if (!SHELLS.contains(shell)) {
      if (!shell.equals("busybox") || command.size() < 2 || !SHELLS.contains(command.get(1))) {
        return null;
      }
      at = 2;
    }
    while (at < command.size() && command.get(at).startsWith("-")) {
      String option = command.get(at++);
      boolean letters = !option.startsWith("--");
      told |= letters && option.indexOf('c') >= 0;
      // Of "-o pipefail" and "-euo pipefail" the name stands in a word of its own.
      at += letters && (option.indexOf('o') >= 0 || option.indexOf('O') >= 0) ? 1 : 0;
    }
    return told && at < command.size() ? command.get(at).strip() : null;
  }

  /** Whether more stands in the line that is run though its first program is not there. */
  private static boolean goesOnWithoutIt(String line) {
    String others = line.replace("&&", "");
    return others.chars().anyMatch(c -> ";|&\n".indexOf(c) >= 0);
  }

  private static boolean isAssignment(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && word.substring(0, equals).matches("[A-Za-z_][A-Za-z_0-9]*");
  }

  /** The words up to the first that is more than letters and plain quotes. */
  private static List<String> firstWords(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean any = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ' ' || c == '\t') {
        if (any) {
          words.add(word.toString());
        }
        word.setLength(0);
        any = false;
      } else if (c == '\'' || c == '"') {
        int end = line.indexOf(c, i + 1);
        String quoted = end < 0 ? "$" : line.substring(i + 1, end);
        if (end < 0 || c == '"' && quoted.chars().anyMatch(each -> "$`\\".indexOf(each) >= 0)) {
          return words;
        }
        word.append(quoted);
        any = true;
        i = end;
      } else if (SPECIAL.indexOf(c) >= 0 && !(c == '=' && any)) {
        return words;
      } else {
        word.append(c);
        any = true;
      }
    }
    if (any) {
      words.add(word.toString());
    }
    return words;
  }
}
