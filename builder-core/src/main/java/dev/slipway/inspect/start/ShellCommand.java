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
    String shell = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    if (command.size() < 3 || !SHELLS.contains(shell) || !command.get(1).equals("-c")) {
      return null;
    }
    String line = command.get(2).strip();
    if (line.startsWith("exec ")) {
      line = line.substring("exec ".length()).strip();
    }
    int end = line.indexOf(' ');
    String word = end < 0 ? line : line.substring(0, end);
    boolean plain = !word.isEmpty() && !word.startsWith("-");
    for (int i = 0; i < word.length(); i++) {
      plain = plain && SPECIAL.indexOf(word.charAt(i)) < 0;
    }
    return plain && !OWN.contains(word) ? word : null;
  }
}
