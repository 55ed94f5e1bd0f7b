package dev.slipway.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Trees as text, for tests: one entry a line. */
public final class Trees {
  private Trees() {}

  /**
   * A tree from lines {@code mode uid:gid path [-> target | => other name | = content]}, where a
   * path that ends in a slash is a directory; mode and owner may be left out together.
   */
  public static FileTree tree(String... lines) {
    FileTreeBuilder builder = new FileTreeBuilder();
    for (String line : lines) {
      add(builder, line);
    }
    return builder.build();
  }

  private static void add(FileTreeBuilder builder, String line) {
    String rest = line;
    boolean directory = line.split(" ")[line.matches("[0-7]+ .*") ? 2 : 0].endsWith("/");
    Metadata metadata = Metadata.of(directory ? 0755 : 0644, 1000);
    if (line.matches("[0-7]+ [0-9]+:[0-9]+ .*")) {
      String[] parts = line.split(" ", 3);
      String[] owner = parts[1].split(":");
      metadata =
          Metadata.of(Integer.parseInt(parts[0], 8), 1000)
              .withOwner(Integer.parseInt(owner[0]), Integer.parseInt(owner[1]));
      rest = parts[2];
    }
    if (rest.contains(" -> ")) {
      String[] sides = rest.split(" -> ");
      builder.put(TreePath.of(sides[0]), new Symlink(metadata, Origin.NONE, sides[1]));
    } else if (rest.contains(" => ")) {
      String[] sides = rest.split(" => ");
      RegularFile file = (RegularFile) builder.find(TreePath.of(sides[1]));
      RegularFile linked = file.linked() ? file : file.withLinked(true);
      builder.put(TreePath.of(sides[1]), linked);
      builder.put(TreePath.of(sides[0]), linked);
    } else if (directory) {
      builder.put(TreePath.of(rest), new Directory(metadata, Origin.NONE));
    } else {
      String[] sides = rest.split(" = ", 2);
      String content = sides.length > 1 ? sides[1] : "";
      builder.put(
          TreePath.of(sides[0]), new RegularFile(metadata, Origin.NONE, BytesContent.of(content)));
    }
  }

  /** All entries but the root as lines, in path order. */
  public static List<String> lines(FileTree tree) {
    List<String> lines = new ArrayList<>();
    tree.forEach(
        (path, entry) -> {
          if (!path.isRoot()) {
            lines.add(line(path, entry));
          }
        });
    return lines;
  }

  /** The changes as lines: {@code -} for a whiteout, {@code !} for an opaque mark. */
  public static List<String> lines(ChangeSet changes) {
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        lines.add(line(put.path(), put.entry()));
      } else {
        lines.add((change instanceof Change.Whiteout ? "- " : "! ") + text(change.path()));
      }
    }
    return lines;
  }

  private static String text(TreePath path) {
    return path.isRoot() ? "." : path.toString().substring(1);
  }

  private static String line(TreePath path, Entry entry) {
    Metadata metadata = entry.metadata();
    String head =
        "%o %d:%d %s".formatted(metadata.mode(), metadata.uid(), metadata.gid(), text(path));
    if (entry instanceof Directory) {
      return head + "/";
    }
    if (entry instanceof Symlink link) {
      return head + " -> " + link.targetText();
    }
    if (entry instanceof Device device) {
      return head + " " + device.type() + " " + device.major() + ":" + device.minor();
    }
    return head + " = " + content((RegularFile) entry);
  }

  public static String content(RegularFile file) {
    try (InputStream in = file.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of entries, the root too. */
  public static int count(FileTree tree) {
    int[] count = {0};
    tree.forEach((path, entry) -> count[0]++);
    return count[0];
  }
}
