package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant by a name that leads to nothing. */
final class Suggestions {
  private static final int MOST_FOUND = 2;
  private static final int CLOSE = 2;

  private final Inspection inspection;
  private final ImageFiles files;

  Suggestions(Inspection inspection) {
    this.inspection = inspection;
    this.files = inspection.programs();
  }

  /**
   * What to do beside copying it; null where nothing is plain to see.
   *
   * @param written the name, as a path or for a search in PATH
   */
  @Nullable String forProgram(String written) {
    if (written.indexOf('$') >= 0 || written.startsWith("~")) {
      return "only shells know variables and ~: write the path out, or use the shell form";
    }
    String[] words = written.strip().split("\\s+");
    if (words.length > 1) {
      return "write each word by itself: [\"" + String.join("\", \"", words) + "\"]";
    }
    if (written.indexOf('/') < 0 && ShellCommand.isOwn(written)) {
      return "shells alone know it: use the shell form";
    }
    String name = written.substring(written.lastIndexOf('/') + 1);
    List<TreePath> same = named(name, Suggestions::isProgram, MOST_FOUND);
    if (same.size() == 1) {
      return "the image has \"" + same.get(0) + "\"" + seenFrom(written);
    }
    String close = same.isEmpty() ? closeTo(written, name) : null;
    return close == null ? null : "the image has \"" + close + "\"";
  }

  private String seenFrom(String written) {
    return written.startsWith("/") || written.indexOf('/') < 0
        ? ""
        : ", and WORKDIR is \"" + files.absolute(".") + "\"";
  }

  /** Where the image has entries of that name, up to a number. */
  private List<TreePath> named(String name, Predicate<Entry> fits, int most) {
    List<TreePath> found = new ArrayList<>();
    inspection
        .tree()
        .build()
        .forEach(
            (path, entry) -> {
              if (found.size() < most
                  && !path.isRoot()
                  && fits.test(entry)
                  && path.nameText().equals(name)) {
                found.add(path);
              }
            });
    return found;
  }

  private @Nullable String closeTo(String written, String name) {
    if (written.indexOf('/') < 0 || name.length() <= CLOSE) {
      return null;
    }
    TreePath directory = files.absolute(written).parent();
    List<String> close = new ArrayList<>();
    for (String each : programsIn(directory)) {
      if (isClose(each, name)) {
        close.add(each);
      }
    }
    return close.size() == 1 ? directory.child(close.get(0)).toString() : null;
  }

  /** The one program in a directory that is taken for one; null for none or several. */
  @Nullable String programIn(String directory) {
    List<String> programs = programsIn(files.absolute(directory));
    return programs.size() == 1
        ? files.absolute(directory).child(programs.get(0)).toString()
        : null;
  }

  private List<String> programsIn(TreePath path) {
    List<String> names = new ArrayList<>();
    if (files.entry(path.toString()) instanceof Directory directory) {
      for (int i = 0; i < directory.size(); i++) {
        if (isProgram(directory.childAt(i))) {
          names.add(new String(directory.nameAt(i), StandardCharsets.UTF_8));
        }
      }
    }
    return names;
  }

  private static boolean isProgram(Entry entry) {
    return entry instanceof RegularFile file && Identity.ROOT.mayExecute(file.metadata());
  }

  /** Levenshtein's distance, as far as it counts. */
  private static boolean isClose(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()] <= CLOSE;
  }

  /** A directory in which a library lies; null for none. */
  @Nullable String placeOfLibrary(String name, Predicate<Found> fits) {
    for (TreePath path : named(name, entry -> !(entry instanceof Directory), Integer.MAX_VALUE)) {
      if (inspection.libraries().file(path.toString()).filter(fits).isPresent()) {
        return path.parent().toString();
      }
    }
    return null;
  }
}
