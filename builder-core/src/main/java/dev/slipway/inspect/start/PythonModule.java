package dev.slipway.inspect.start;

import java.util.List;
import java.util.regex.Pattern;

/** The module of {@code python -m}, which may lie in any directory that Python looks into. */
final class PythonModule {
  private static final String NAME = "[A-Za-z_][A-Za-z_0-9]*";

  private PythonModule() {}

  /** Tells if no directory of the image has it. */
  static void check(Inspection inspection, List<String> command) {
    String module = InterpretedFile.moduleOf(command);
    if (module == null) {
      return;
    }
    String first = module.replaceFirst("\\..*", "");
    if (!first.matches(NAME)
        || inspection.container().envValue("PYTHONPATH") != null
        || inspection.container().envValue("PYTHONHOME") != null
        || !inspection.container().volumes().isEmpty()
        || isThere(inspection, first)) {
      return;
    }
    inspection.certain(
        "\"" + command.get(0) + "\" finds no module \"" + first + "\": no directory has it",
        "install it in the last stage, or copy the environment that has it");
  }

  /** Anywhere at all, or perhaps in an archive. */
  private static boolean isThere(Inspection inspection, String module) {
    Pattern wanted =
        Pattern.compile(Pattern.quote(module) + "(?:\\.py|\\.pyc|\\..*so)?|.*\\.(?:egg|zip|pyz)");
    boolean[] found = new boolean[1];
    inspection
        .tree()
        .build()
        .forEach(
            (path, entry) ->
                found[0] |= !path.isRoot() && wanted.matcher(path.nameText()).matches());
    return found[0];
  }
}
