package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What env(1) starts. */
final class EnvCommand {
  private EnvCommand() {}

  /**
   * The command with its arguments; null where there is none, or its place is not plain to see.
   *
   * @param arguments of env itself
   */
  static @Nullable List<String> started(List<String> arguments) {
    List<String> words = new ArrayList<>(arguments);
    boolean pathIsKnown = true;
    int at = 0;
    while (at < words.size() && words.get(at).startsWith("-")) {
      String option = words.get(at);
      String split = split(option, at + 1 < words.size() ? words.get(at + 1) : "");
      if (split != null) {
        boolean inNextWord = option.equals("--split-string") || option.endsWith("S");
        words.subList(at, at + (inNextWord ? 2 : 1)).clear();
        words.addAll(at, List.of(split.strip().split("[ \t]+")));
        pathIsKnown &= !isShort(option) || option.indexOf('i') < 0;
      } else if (option.equals("-u")) {
        at += 2;
      } else if (option.equals("-i")
          || option.equals("-")
          || option.equals("--ignore-environment")) {
        pathIsKnown = false;
        at++;
      } else if (option.equals("-v") || option.equals("--debug") || option.startsWith("--unset=")) {
        at++;
      } else if (option.equals("--")) {
        at++;
        break;
      } else {
        return null;
      }
    }
    while (at < words.size() && words.get(at).indexOf('=') > 0) {
      pathIsKnown &= !words.get(at).startsWith("PATH=");
      at++;
    }
    boolean known =
        at < words.size()
            && isPlain(words.get(at))
            && (pathIsKnown || words.get(at).indexOf('/') >= 0);
    return known ? List.copyOf(words.subList(at, words.size())) : null;
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

  /** In what {@code -S} splits, quotes, escapes and variables may stand. */
  private static boolean isPlain(String word) {
    return !word.isEmpty() && word.chars().noneMatch(c -> "\"'\\$".indexOf(c) >= 0);
  }
}
