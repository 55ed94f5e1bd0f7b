package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The words of a shell's command line up to the first that is more than letters, plain quotes and
 * variables of the image.
 */
final class FirstWords {
  /** What a shell sets itself. */
  private static final Set<String> OF_THE_SHELL = Set.of("PWD", "OLDPWD", "IFS", "SHLVL", "_");

  private final String line;
  private final Function<String, @Nullable String> variables;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean any;

  /**
   * @param variables the value of each; null for one that is not known
   */
  FirstWords(String line, Function<String, @Nullable String> variables) {
    this.line = line;
    this.variables = variables;
  }

  List<String> read() {
    int at = 0;
    while (at >= 0 && at < line.length()) {
      at = next(at);
    }
    if (at >= 0) {
      end();
    }
    return words;
  }

  private void end() {
    if (any) {
      words.add(word.toString());
    }
    word.setLength(0);
    any = false;
  }

  /** Takes what is at a place; tells where to go on, or -1. */
  private int next(int at) {
    char c = line.charAt(at);
    if (c == ' ' || c == '\t') {
      end();
      return at + 1;
    }
    if (c == '\'' || c == '"') {
      return quoted(at, c);
    }
    if (c == '$') {
      return variable(at, line.length());
    }
    if (ShellCommand.SPECIAL.indexOf(c) >= 0 && !(c == '=' && any)) {
      return -1;
    }
    word.append(c);
    any = true;
    return at + 1;
  }

  private int quoted(int start, char quote) {
    int end = line.indexOf(quote, start + 1);
    any = true;
    int at = start + 1;
    while (at >= 0 && at < end) {
      char c = line.charAt(at);
      if (quote == '"' && c == '$') {
        at = variable(at, end);
      } else if (quote == '"' && (c == '`' || c == '\\')) {
        return -1;
      } else {
        word.append(c);
        at++;
      }
    }
    return end < 0 || at < 0 ? -1 : end + 1;
  }

  /** One whose value would be split or changed again is none that is plain to see. */
  private int variable(int at, int end) {
    boolean braces = line.startsWith("{", at + 1);
    int start = at + (braces ? 2 : 1);
    int after = start;
    while (after < end && isPartOfName(line.charAt(after), after == start)) {
      after++;
    }
    if (after == start || braces && !line.startsWith("}", after)) {
      return -1;
    }
    String name = line.substring(start, after);
    String value = OF_THE_SHELL.contains(name) ? null : variables.apply(name);
    if (value == null
        || value.isEmpty()
        || value.chars().anyMatch(c -> c == ' ' || ShellCommand.SPECIAL.indexOf(c) >= 0)) {
      return -1;
    }
    word.append(value);
    any = true;
    return after + (braces ? 1 : 0);
  }

  private static boolean isPartOfName(char c, boolean first) {
    return c == '_'
        || c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || !first && c >= '0' && c <= '9';
  }
}
