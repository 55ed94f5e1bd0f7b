package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.Directory;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Python's standard library, parts of which it imports before it runs anything. */
final class PythonLibrary {
  private static final String PREFIX = "python";

  /** Compiled for what may be Python only: every program that is checked comes by here. */
  private static final String NAME = PREFIX + "(?:3(?:\\.[0-9]+)?)?";

  private static final String ARCHIVE = PREFIX + "3[0-9]+\\.zip";

  private static final int NEWEST = 40;

  /** With these it ends before it looks for the library. */
  private static final Set<String> TELLING =
      Set.of("-V", "-VV", "--version", "-h", "-?", "--help", "--help-env", "--help-all");

  private PythonLibrary() {}

  /**
   * Tells if there is none, wherever it might be looked for.
   *
   * @param interpreter what is executed
   * @param arguments what it is told
   * @return whether there is one, or nobody can tell
   */
  static boolean check(
      Inspection inspection, Found interpreter, String name, List<String> arguments) {
    String version = interpreter.path().nameText();
    if (!version.startsWith(PREFIX)
        || !version.matches(NAME)
        || arguments.stream().anyMatch(TELLING::contains)
        || inspection.container().envValue("PYTHONPATH") != null
        || !inspection.container().volumes().isEmpty()
        || !isProgram(inspection, interpreter)
        || isThere(inspection, version)) {
      return true;
    }
    String home = inspection.container().envValue("PYTHONHOME");
    if (home != null) {
      inspection.certain(
          "\""
              + name
              + "\" cannot start Python: PYTHONHOME is \""
              + home
              + "\", below which the image has no standard library",
          "name the directory in whose lib it is, or leave PYTHONHOME unset");
      return false;
    }
    List<String> places = new ArrayList<>();
    TreePath at = interpreter.path().parent();
    do {
      at = at.parent();
      String prefix = (at.isRoot() ? "" : at.toString()) + "/lib/";
      if (version.indexOf('.') > 0) {
        places.add(prefix + version);
      }
      for (int minor = NEWEST; version.indexOf('.') < 0 && minor > 0; minor--) {
        places.add(prefix + "python3." + minor);
      }
    } while (!at.isRoot());
    List<String> lines = inspection.repairs().directory(places);
    String place = version.indexOf('.') < 0 ? "its standard library" : places.get(0);
    inspection.lacks(
        "\"" + name + "\" cannot start Python",
        List.of(place),
        lines,
        "copy it from where the interpreter came from");
    return false;
  }

  private static boolean isProgram(Inspection inspection, Found file) {
    return inspection.programs().isAtHand(file.file())
        && ElfFile.isElf(ImageFiles.start(file.file(), 4));
  }

  /** The first that it imports is {@code encodings}, of its own version where its name has that. */
  private static boolean isThere(Inspection inspection, String version) {
    boolean any = version.indexOf('.') < 0;
    String home = inspection.container().envValue("PYTHONHOME");
    Pattern archive = Pattern.compile(ARCHIVE);
    boolean[] found = new boolean[1];
    inspection
        .tree()
        .build()
        .forEach(
            (path, entry) ->
                found[0] |=
                    !path.isRoot()
                        && (home == null || isBelow(inspection, path, home))
                        && (entry instanceof Directory
                            ? path.nameText().equals("encodings")
                                && (any || path.parent().nameText().equals(version))
                            : archive.matcher(path.nameText()).matches()));
    return found[0];
  }

  /** PYTHONHOME is one directory, or two for what is of one machine and what is not. */
  private static boolean isBelow(Inspection inspection, TreePath path, String home) {
    for (String each : home.split(":", -1)) {
      TreePath written = inspection.programs().absolute(each);
      TreePath place = TreePath.of(inspection.programs().destination(each));
      if (path.startsWith(written) || path.startsWith(place)) {
        return true;
      }
    }
    return false;
  }
}
