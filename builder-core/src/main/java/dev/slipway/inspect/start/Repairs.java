package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.oci.Platform;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what is missing in the stages that the image's files came from. */
final class Repairs {
  private final List<StageTree> stages;
  private final Platform platform;
  private final Map<RegularFile, List<Source>> ordered = new IdentityHashMap<>();
  private @Nullable List<Source> sources;

  /** A stage with the tree that was made of it. */
  record Source(String name, FileTree tree, ImageFiles files) {}

  /**
   * Where a missing file is.
   *
   * @param path as it is named there; links are followed by COPY
   */
  record Copy(String stage, String path, RegularFile file) {}

  Repairs(List<StageTree> stages, Platform platform) {
    this.stages = stages;
    this.platform = platform;
  }

  /** The stages in their order; none is looked into before something is missing. */
  private List<Source> sources() {
    if (sources == null) {
      sources = new ArrayList<>();
      for (StageTree stage : stages) {
        FileTree tree = stage.tree().get();
        ImageFiles files = new ImageFiles(tree, Identity.ROOT, TreePath.ROOT, file -> true);
        sources.add(new Source(stage.name(), tree, files));
      }
    }
    return sources;
  }

  /** The stages, those that have the program too first. */
  List<Source> sources(@Nullable RegularFile program) {
    if (program == null || sources().size() < 2) {
      return sources();
    }
    return ordered.computeIfAbsent(
        program,
        file -> {
          List<Source> first = new ArrayList<>();
          List<Source> rest = new ArrayList<>();
          for (Source source : sources()) {
            (has(source, file) ? first : rest).add(source);
          }
          first.addAll(rest);
          return first;
        });
  }

  private static boolean has(Source source, RegularFile program) {
    return !find(
            source, 1, (path, entry) -> entry instanceof RegularFile file && isSame(file, program))
        .isEmpty();
  }

  private static boolean isSame(RegularFile one, RegularFile other) {
    String digest = one.content().digestIfKnown();
    return one.size() == other.size()
        && (one.content().equals(other.content())
            || digest != null && digest.equals(other.content().digestIfKnown()));
  }

  private interface Test {
    boolean matches(TreePath path, Entry entry);
  }

  private static List<TreePath> find(Source source, int most, Test test) {
    List<TreePath> found = new ArrayList<>();
    source
        .tree()
        .forEach(
            (path, entry) -> {
              if (found.size() < most && !path.isRoot() && test.matches(path, entry)) {
                found.add(path);
              }
            });
    return found;
  }

  /** The file at the same path in a stage, if this platform can have a use for it. */
  Optional<Copy> find(String path, @Nullable RegularFile program) {
    for (Source source : sources(program)) {
      Optional<Found> found = source.files().file(path);
      if (found.isPresent() && CopyLines.isPlain(path) && runsHere(found.get().file())) {
        return Optional.of(new Copy(source.name(), path, found.get().file()));
      }
    }
    return Optional.empty();
  }

  private boolean runsHere(RegularFile file) {
    ElfFile elf = ImageFiles.elf(file);
    return elf == null || elf.target().runsOn(platform.architecture());
  }

  /** A file of that name anywhere in a stage, where a search by the rules found none. */
  Optional<Copy> findNamed(String name, @Nullable RegularFile program, Predicate<Found> isWanted) {
    for (Source source : sources(program)) {
      for (TreePath path :
          find(source, Integer.MAX_VALUE, (at, entry) -> at.nameText().equals(name))) {
        Optional<Found> found = source.files().file(path.toString());
        if (found.isPresent() && CopyLines.isPlain(path.toString()) && isWanted.test(found.get())) {
          return Optional.of(new Copy(source.name(), path.toString(), found.get().file()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Where a stage has the same program with what it cannot do without.
   *
   * @param companion its path, seen from the program's directory
   */
  Optional<Copy> findWith(RegularFile program, String companion) {
    for (Source source : sources(program)) {
      for (TreePath path :
          find(
              source,
              Integer.MAX_VALUE,
              (at, entry) -> entry instanceof RegularFile file && isSame(file, program))) {
        if (source.files().file(path.parent() + "/" + companion).isPresent()
            && CopyLines.isPlain(path.toString())) {
          return Optional.of(new Copy(source.name(), path.toString(), program));
        }
      }
    }
    return Optional.empty();
  }

  /** Puts all that a stage has in a directory to the same place of another tree. */
  void putDirectory(String stage, TreePath directory, FileTreeBuilder into) {
    for (Source source : sources()) {
      if (source.name().equals(stage)) {
        source
            .tree()
            .forEach(
                (path, entry) -> {
                  if (path.startsWith(directory)) {
                    into.put(path, entry);
                  }
                });
      }
    }
  }

  /** A line that copies the first of the directories that a stage has; none where none has. */
  List<String> directory(List<String> directories) {
    for (Source source : sources()) {
      for (String directory : directories) {
        if (source.files().isDirectory(directory) && CopyLines.isPlain(directory)) {
          return CopyLines.ofDirectory(source.name(), directory);
        }
      }
    }
    return List.of();
  }

  /** The one program of that name in a stage; none where several could be meant. */
  Optional<Copy> findProgram(String name) {
    for (Source source : sources()) {
      List<TreePath> named =
          find(
              source,
              2,
              (path, entry) ->
                  entry instanceof RegularFile file
                      && path.nameText().equals(name)
                      && Identity.ROOT.mayExecute(file.metadata()));
      if (named.size() == 1) {
        return find(named.get(0).toString(), null);
      }
    }
    return Optional.empty();
  }
}
