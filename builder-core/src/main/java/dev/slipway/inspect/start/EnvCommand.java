package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What env(1) starts.
 *
 * @param command with its arguments
 * @param environment in which, as of ENV
 * @param directory in which; null for env's own
 */
record EnvCommand(List<String> command, List<String> environment, @Nullable String directory) {
  private static final Set<String> FLAGS = Set.of("-v", "--debug");
  private static final Set<String> EMPTYING = Set.of("-i", "-", "--ignore-environment");

  /** A variable may hold another {@code -S}, and that its own name. */
  private static final int MAX_SPLITS = 8;

  private static final String OF_SIGNALS = "--(default|ignore|block)-signal(=.*)?";

  EnvCommand {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }

  /**
   * Null where there is no command, or it is not plain to see.
   *
   * @param arguments of env itself
   * @param environment in which env is started
   */
  static @Nullable EnvCommand of(List<String> arguments, List<String> environment) {
    List<String> words = new ArrayList<>(arguments);
    List<String> variables = new ArrayList<>(environment);
    String directory = null;
    int at = 0;
    int splits = 0;
    while (at < words.size() && words.get(at).startsWith("-")) {
      String option = words.get(at);
      String next = at + 1 < words.size() ? words.get(at + 1) : "";
      String split = split(option, next);
      if (split != null) {
        boolean inNextWord = option.equals("--split-string") || option.endsWith("S");
        List<String> own = SplitString.words(split, name -> value(variables, name));
        if (own == null || ++splits > MAX_SPLITS) {
          return null;
        }
        words.subList(at, Math.min(words.size(), at + (inNextWord ? 2 : 1))).clear();
        words.addAll(at, own);
        if (isShort(option) && option.indexOf('i') >= 0) {
          variables.clear();
        }
      } else if (option.equals("-u") || option.equals("--unset")) {
        unset(variables, next);
        at += 2;
      } else if (option.startsWith("--unset=")) {
        unset(variables, option.substring("--unset=".length()));
        at++;
      } else if (option.equals("-C") || option.equals("--chdir")) {
        directory = next;
        at += 2;
      } else if (option.startsWith("--chdir=")) {
        directory = option.substring("--chdir=".length());
        at++;
      } else if (EMPTYING.contains(option)) {
        variables.clear();
        at++;
      } else if (FLAGS.contains(option) || option.matches(OF_SIGNALS)) {
        at++;
      } else if (option.equals("--")) {
        at++;
        break;
      } else {
        return null;
      }
    }
    for (; at < words.size() && words.get(at).indexOf('=') > 0; at++) {
      unset(variables, words.get(at).substring(0, words.get(at).indexOf('=')));
      variables.add(words.get(at));
    }
    return at < words.size() && !words.get(at).isEmpty()
        ? new EnvCommand(words.subList(at, words.size()), variables, directory)
        : null;
  }

  private static void unset(List<String> variables, String name) {
    variables.removeIf(each -> each.startsWith(name + "="));
  }

  private static @Nullable String value(List<String> variables, String name) {
    String value = null;
    for (String each : variables) {
      value = each.startsWith(name + "=") ? each.substring(name.length() + 1) : value;
    }
    return value;
  }

  private static boolean isShort(String option) {
    return !option.startsWith("--");
  }

  /** What {@code -S} is told to split, alone or behind other letters; null for other options. */
  private static @Nullable String split(String option, String next) {
    if (option.startsWith("--split-string")) {
      String rest = option.substring("--split-string".length());
      return rest.startsWith("=") ? rest.substring(1) : rest.isEmpty() ? next : null;
    }
    int letter = isShort(option) ? option.indexOf('S') : -1;
    if (letter < 0 || !option.substring(1, letter).matches("[iv]*")) {
      return null;
    }
    return letter == option.length() - 1 ? next : option.substring(letter + 1);
  }
}
