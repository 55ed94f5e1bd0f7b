package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is missing in the stages that the image's files came from. */
final class Repairs {
  private final List<StageTree> stages;

  /** A stage with the tree that was made of it. */
  record Source(String name, FileTree tree, ImageFiles files) {}

  /**
   * Where a missing file is.
   *
   * @param path as it is named there; links are followed by COPY
   */
  record Copy(String stage, String path, RegularFile file) {}

  private @Nullable List<Source> sources;

  Repairs(List<StageTree> stages) {
    this.stages = stages;
  }

  /** The stages, that which the program came from first. */
  List<Source> sources(@Nullable RegularFile program) {
    if (sources == null) {
      sources = new ArrayList<>();
      for (StageTree stage : stages) {
        FileTree tree = stage.tree().get();
        sources.add(
            new Source(
                stage.name(),
                tree,
                new ImageFiles(tree, Identity.ROOT, TreePath.ROOT, file -> true)));
      }
    }
    List<Source> ordered = new ArrayList<>(sources);
    if (program != null) {
      ordered.sort(
          (one, other) ->
              Boolean.compare(pathOf(program, other) != null, pathOf(program, one) != null));
    }
    return ordered;
  }

  /** Where a stage has the same file, or null. */
  static @Nullable TreePath pathOf(RegularFile program, Source source) {
    List<TreePath> found = new ArrayList<>(1);
    source
        .tree()
        .forEach(
            (path, entry) -> {
              if (found.isEmpty()
                  && entry instanceof RegularFile file
                  && file.size() == program.size()
                  && isSame(file, program)) {
                found.add(path);
              }
            });
    return found.isEmpty() ? null : found.get(0);
  }

  private static boolean isSame(RegularFile one, RegularFile other) {
    String digest = one.content().digestIfKnown();
    return one.content().equals(other.content())
        || digest != null && digest.equals(other.content().digestIfKnown());
  }

  /** The file at the same path in a stage. */
  Optional<Copy> find(String path, @Nullable RegularFile program) {
    for (Source source : sources(program)) {
      Optional<Found> found = source.files().file(path);
      if (found.isPresent()) {
        return Optional.of(new Copy(source.name(), path, found.get().file()));
      }
    }
    return Optional.empty();
  }

  /** A library of that name anywhere in a stage, where a search by the rules found none. */
  Optional<Copy> findAnywhere(String library, ElfTarget target, @Nullable RegularFile program) {
    for (Source source : sources(program)) {
      List<TreePath> named = new ArrayList<>();
      source
          .tree()
          .forEach(
              (path, entry) -> {
                if (!path.isRoot() && path.nameText().equals(library)) {
                  named.add(path);
                }
              });
      for (TreePath path : named) {
        Optional<Found> found = source.files().file(path.toString());
        ElfFile elf = found.map(each -> ImageFiles.elf(each.file())).orElse(null);
        if (found.isPresent() && elf != null && elf.target().equals(target)) {
          return Optional.of(new Copy(source.name(), path.toString(), found.get().file()));
        }
      }
    }
    return Optional.empty();
  }

  /** COPY lines, those of one stage and directory in one. */
  static final class Lines {
    private record Group(String stage, String destination) {}

    private final Map<Group, List<String>> groups = new LinkedHashMap<>();
    private final List<String> single = new ArrayList<>();

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
      List<String> words = new ArrayList<>(sources);
      words.add(destination);
      boolean plain = true;
      for (String word : words) {
        plain = plain && word.chars().allMatch(Lines::isPlain);
      }
      String from = "COPY --from=" + stage + " ";
      return plain
          ? from + String.join(" ", words)
          : from + "[\"" + String.join("\", \"", words) + "\"]";
    }

    private static boolean isPlain(int c) {
      return Character.isLetterOrDigit(c) || "/._+-:@,=~".indexOf(c) >= 0;
    }
  }
}
