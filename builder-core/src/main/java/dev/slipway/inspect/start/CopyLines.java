package dev.slipway.inspect.start;

import dev.slipway.inspect.start.Repairs.Copy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** COPY lines, those of one stage and directory in one. */
final class CopyLines {
  private record Group(String stage, String destination) {}

  private final Map<Group, List<String>> groups = new LinkedHashMap<>();
  private final List<String> single = new ArrayList<>();

  static CopyLines of(Copy copy, String destination) {
    CopyLines lines = new CopyLines();
    lines.add(copy, destination);
    return lines;
  }

  /** One that copies a whole directory to where it is in the stage. */
  static List<String> ofDirectory(String stage, String directory) {
    return List.of(line(stage, List.of(directory), directory));
  }

  void add(Copy copy, String destination) {
    String directory = destination.substring(0, destination.lastIndexOf('/') + 1);
    if (nameOf(copy.path()).equals(nameOf(destination))) {
      groups
          .computeIfAbsent(new Group(copy.stage(), directory), group -> new ArrayList<>())
          .add(copy.path());
    } else {
      single.add(line(copy.stage(), List.of(copy.path()), destination));
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    groups.forEach(
        (group, paths) ->
            lines.add(
                paths.size() == 1
                    ? line(group.stage(), paths, group.destination() + nameOf(paths.get(0)))
                    : line(group.stage(), paths, group.destination())));
    lines.addAll(single);
    return lines;
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String line(String stage, List<String> sources, String destination) {
    return "COPY --from=" + stage + " " + String.join(" ", sources) + " " + destination;
  }

  /** Whether a path can stand in a COPY line as it is: neither a variable nor a pattern. */
  static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (!Character.isLetterOrDigit(c) && "/._+-:@,=~%".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
