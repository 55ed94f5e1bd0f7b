package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes {@code case} apart, so that what remains of a script is commands. */
final class CaseClauses {
  private static final Pattern HEAD = Pattern.compile("case\\s+(?:\"[^\"]*\"|[^\\s\"]+)\\s+in\\b");
  private static final Pattern PATTERN = Pattern.compile("\\(?[^()`$;&]*\\)");
  private static final Pattern END = Pattern.compile("esac\\b");
  private static final Pattern BREAK = Pattern.compile(";;&?|;&");

  private final List<String> commands = new ArrayList<>();
  private int depth;
  private boolean expectsPattern;

  private CaseClauses() {}

  /** The commands, those of all clauses among them; null for a form that is not understood. */
  static @Nullable List<String> commands(List<String> lines) {
    CaseClauses clauses = new CaseClauses();
    for (String line : lines) {
      if (!clauses.add(line.strip())) {
        return null;
      }
    }
    return clauses.depth == 0 ? clauses.commands : null;
  }

  private boolean add(String line) {
    String rest = line;
    while (!rest.isEmpty()) {
      Matcher head = HEAD.matcher(rest);
      Matcher end = END.matcher(rest);
      Matcher pattern = PATTERN.matcher(rest);
      if (depth > 0 && end.lookingAt()) {
        depth--;
        expectsPattern = false;
        rest = rest.substring(end.end()).strip();
      } else if (depth > 0 && expectsPattern) {
        if (!pattern.lookingAt()) {
          return false;
        }
        expectsPattern = false;
        rest = rest.substring(pattern.end()).strip();
      } else if (head.lookingAt()) {
        depth++;
        expectsPattern = true;
        rest = rest.substring(head.end()).strip();
      } else {
        rest = command(rest);
      }
    }
    return true;
  }

  /** Takes the command at the beginning; returns what is behind the end of its clause. */
  private String command(String rest) {
    Matcher end = BREAK.matcher(rest);
    if (depth == 0 || !end.find()) {
      commands.add(rest);
      return "";
    }
    expectsPattern = true;
    commands.add(rest.substring(0, end.start()).strip());
    return rest.substring(end.end()).strip();
  }
}
