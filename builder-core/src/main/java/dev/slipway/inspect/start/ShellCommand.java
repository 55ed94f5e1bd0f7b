package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a shell started with a command line will start, where that is plain to see. */
final class ShellCommand {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
  static final String SPECIAL = "|&;<>()$`\\\"'*?[]#~=%{}!\n\t";

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

  /**
   * Whether a line was meant as an array of words but is none, as one in single quotes: to a shell
   * its first word is neither {@code [} nor a program that anybody has.
   */
  static boolean isBrokenArray(String line) {
    return line.matches("\\s*\\[\\s*['\"].*")
        && !line.matches("\\s*\\[\\s.*")
        && !goesOnWithoutIt(line);
  }

  /** Whether a program of that name is a shell. */
  static boolean isShell(String program) {
    return SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
  }

  /** Whether shells do themselves what is called so. */
  static boolean isOwn(String word) {
    return OWN.contains(word);
  }

  /**
   * What a shell starts.
   *
   * @param command the program and what is plain of its arguments
   * @param assignments before it, which are variables of its environment
   * @param afterProfile whether the shell reads {@code /etc/profile} first
   */
  record Started(List<String> command, List<String> assignments, boolean afterProfile) {}

  /**
   * Null where the command is no shell's or not so simple.
   *
   * @param variables the values of the image's variables; null for one that it does not set
   */
  static @Nullable Started started(
      List<String> command, Function<String, @Nullable String> variables) {
    String line = line(command);
    if (line == null || goesOnWithoutIt(line)) {
      return null;
    }
    List<String> words = new FirstWords(line, variables).read();
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
    return exec || !OWN.contains(words.get(at))
        ? new Started(
            words.subList(at, words.size()),
            words.subList(0, at - (exec ? 1 : 0)),
            isLogin(command))
        : null;
  }

  /** Where the line begins with {@code cd directory &&}; else null. */
  static @Nullable DirectoryChange change(List<String> command) {
    String line = line(command);
    return line == null || !line.equals(command.get(command.size() - 1).strip())
        ? null
        : DirectoryChange.ofLine(line);
  }

  private static boolean isLogin(List<String> command) {
    return command.subList(0, command.size() - 1).stream()
        .anyMatch(word -> word.equals("--login") || word.matches("-[a-zA-Z]*l[a-zA-Z]*"));
  }

  /** The command line that a shell is told to run; null where it is none, or told otherwise. */
  private static @Nullable String line(List<String> command) {
    Invocation invocation = Invocation.of(command);
    return invocation != null && invocation.line && !invocation.operands.isEmpty()
        ? invocation.operands.get(0).strip()
        : null;
  }

  /** The script that a shell is told to run and its arguments; null where it is told otherwise. */
  static @Nullable List<String> script(List<String> command) {
    Invocation invocation = Invocation.of(command);
    return invocation == null
            || invocation.line
            || invocation.input
            || invocation.operands.isEmpty()
            || invocation.operands.get(0).isEmpty()
        ? null
        : invocation.operands;
  }

  /**
   * What a shell is told.
   *
   * @param line by {@code -c}: to run its first operand
   * @param input by {@code -s}: to read its standard input
   */
  private record Invocation(boolean line, boolean input, List<String> operands) {
    /** Null for what is no shell. */
    static @Nullable Invocation of(List<String> command) {
      String shell = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
      boolean line = false;
      boolean input = false;
      int at = 1;
      if (!SHELLS.contains(shell)) {
        if (!shell.equals("busybox") || command.size() < 2 || !SHELLS.contains(command.get(1))) {
          return null;
        }
        at = 2;
      }
      while (at < command.size() && isOption(command.get(at))) {
        String option = command.get(at++);
        boolean letters = !option.startsWith("--");
        line |= letters && option.indexOf('c') >= 0;
        input |= letters && option.indexOf('s') >= 0;
        // Of "-o pipefail" and "-euo pipefail" the name stands in a word of its own.
        at += letters && (option.indexOf('o') >= 0 || option.indexOf('O') >= 0) ? 1 : 0;
        at += option.equals("--rcfile") || option.equals("--init-file") ? 1 : 0;
      }
      return new Invocation(
          line, input, command.subList(Math.min(at, command.size()), command.size()));
    }

    private static boolean isOption(String word) {
      return word.length() > 1 && (word.startsWith("-") || word.startsWith("+"));
    }
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
}
