package dev.slipway.inspect.start;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell's {@code cd} before what it starts.
 *
 * @param directory as written
 * @param rest the line or script without it
 * @param ends whether the shell ends, or starts nothing, where the directory is not there
 */
record DirectoryChange(String directory, String rest, boolean ends) {
  private static final String CD = "cd[ \\t]+([A-Za-z0-9_./][A-Za-z0-9_./:@%+,-]*)[ \\t]*";
  private static final Pattern IN_LINE = Pattern.compile("[ \\t]*" + CD + "&&(?!&)(.*)");

  /** At the beginning of its line: what stands in a block is moved in, as a rule. */
  private static final Pattern IN_SCRIPT =
      Pattern.compile("^" + CD + "(?:&&(.*))?$", Pattern.MULTILINE);

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^\\s*(?:if|for|while|until|case|function|\\{|\\w+\\s*\\(\\))");
  private static final Pattern ENDS_ON_ERROR =
      Pattern.compile("(?m)^(?:set|#!.*sh)(?:\\s+-\\w+)*?\\s+-[a-zA-Z]*e");

  /** Of {@code cd directory && line}; null for another one. */
  static @Nullable DirectoryChange ofLine(String line) {
    Matcher matcher = IN_LINE.matcher(line);
    return matcher.matches()
        ? new DirectoryChange(matcher.group(1), matcher.group(2).strip(), true)
        : null;
  }

  /** Of a script with one such line, and nothing that might keep it from being run; else null. */
  static @Nullable DirectoryChange ofScript(String text) {
    Matcher matcher = IN_SCRIPT.matcher(text);
    if (!matcher.find() || BLOCK.matcher(text).find()) {
      return null;
    }
    String behind = matcher.group(2) == null ? "" : matcher.group(2).strip();
    return new DirectoryChange(
        matcher.group(1),
        text.substring(0, matcher.start()) + behind + text.substring(matcher.end()),
        matcher.group(2) != null || ENDS_ON_ERROR.matcher(text).find());
  }

  /** Whether another line of the script names it, as {@code mkdir} does. */
  boolean mayBeMade() {
    return rest.contains(directory.substring(directory.lastIndexOf('/') + 1));
  }
}
