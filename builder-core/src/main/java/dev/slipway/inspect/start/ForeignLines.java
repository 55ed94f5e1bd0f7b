package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A shell's script whose lines end as on Windows: to the shell that end is part of a word. */
final class ForeignLines {
  /** What is another word, or refused, with something behind it. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "(?:.*[\\s;])?(?:then|do|else|fi|done|esac|in|\\{|}|;;)|set(?:\\s+[-+][A-Za-z]+)+"
              + "|(?:exec\\s+)?(?:[^\\s\"'#=]*|.*\"\\$@\")");

  private ForeignLines() {}

  /** Why no shell runs it; null where it does, or that is not plain to see. */
  static @Nullable String problem(String script) {
    if (script.indexOf('\r') < 0) {
      return null;
    }
    for (String line : script.split("\n", -1)) {
      String stripped = line.strip();
      boolean counts = !stripped.isEmpty() && !stripped.startsWith("#");
      if (counts && !line.endsWith("\r")) {
        return null;
      }
      if (counts && BROKEN.matcher(stripped).matches()) {
        return "its shell takes the end of \"" + stripped + "\" for a part of it";
      }
    }
    return null;
  }

  /** Tells of a script, and how to mend it. */
  static void tell(Inspection inspection, Found script, String problem) {
    inspection.certain(
        "script \"" + script.path() + "\" has Windows line ends: " + problem,
        "RUN sed -i 's/\\r$//' "
            + script.path()
            + ", or have git check it out with eol=lf (.gitattributes)");
  }
}
