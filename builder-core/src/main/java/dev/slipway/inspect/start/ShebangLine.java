package dev.slipway.inspect.start;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a script, as the kernel reads it: execve(2).
 *
 * @param argument all that follows the interpreter, in one piece; empty for none
 */
record ShebangLine(String interpreter, String argument) {
  /** The kernel looks at no more of the file. */
  static final int LENGTH = 256;

  /**
   * @param start the first bytes of the file
   * @return null if it is no script
   */
  static @Nullable ShebangLine read(byte[] start) {
    if (start.length < 3 || start[0] != '#' || start[1] != '!') {
      return null;
    }
    String text = new String(start, 2, start.length - 2, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    boolean cutOff = end < 0 && start.length >= LENGTH;
    String line = stripBlanks(end < 0 ? text : text.substring(0, end));
    int blank = 0;
    while (blank < line.length() && " \t\0".indexOf(line.charAt(blank)) < 0) {
      blank++;
    }
    if (line.isEmpty() || cutOff && blank == line.length() && text.endsWith(line)) {
      return null;
    }
    // The last byte that is looked at only tells that a name ends before it.
    String rest = cutOff && text.endsWith(line) ? line.substring(0, line.length() - 1) : line;
    return new ShebangLine(
        utf8(line.substring(0, blank)),
        utf8(argument(rest.substring(Math.min(blank, rest.length())))));
  }

  /** The kernel's texts end with a NUL. */
  private static String argument(String rest) {
    String argument = stripBlanks(rest);
    int nul = argument.indexOf('\0');
    return nul < 0 ? argument : argument.substring(0, nul);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String stripBlanks(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
      start++;
    }
    while (end > start && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    return text.substring(start, end);
  }

  boolean isEnv() {
    return interpreter.endsWith("/env");
  }

  /**
   * What env(1) would start, or null where that is not clear.
   *
   * @param script the kernel hands its path to the interpreter, behind the argument
   * @param environment in which env is started
   */
  @Nullable EnvCommand startedByEnv(String script, List<String> environment) {
    return argument.isEmpty() ? null : EnvCommand.of(List.of(argument, script), environment);
  }

  /** Whether the line ends as on Windows, and its interpreter does not put up with that. */
  boolean hasForeignEnd() {
    // Perl alone has an ear for it, where an option stands before it.
    return interpreter.endsWith("\r") || argument.endsWith("\r") && !interpreter.contains("perl");
  }
}
