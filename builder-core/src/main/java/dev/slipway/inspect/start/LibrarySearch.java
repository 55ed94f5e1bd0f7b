package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds libraries as ld.so(8) of glibc does, or musl's loader. */
final class LibrarySearch {
  private final ImageFiles files;
  private final LibraryPath path;
  private final ElfTarget target;
  private final @Nullable String environment;
  private final boolean secure;

  /**
   * @param environment {@code LD_LIBRARY_PATH}, or null
   * @param secure {@code AT_SECURE}: the program gains rights, so that the environment does not
   *     count, nor an origin outside of the loader's directories
   */
  LibrarySearch(
      ImageFiles files,
      LibraryPath path,
      ElfTarget target,
      @Nullable String environment,
      boolean secure) {
    this.files = files;
    this.path = path;
    this.target = target;
    this.environment = secure ? null : environment;
    this.secure = secure;
  }

  /**
   * What a search ends with.
   *
   * @param object null for a file at which the loader gives up
   * @param file where it is
   */
  record Hit(@Nullable LoadedObject object, String file) {}

  boolean isMusl() {
    return path.isMusl();
  }

  ElfTarget target() {
    return target;
  }

  /** The library that {@code by} gets when it asks for {@code name}; empty if there is none. */
  Optional<Hit> find(String name, LoadedObject by) {
    if (name.indexOf('/') >= 0) {
      String expanded = path.expand(name, by.directory(), by.elf());
      return expanded == null ? Optional.empty() : open(expanded, by);
    }
    List<String> candidates = new ArrayList<>();
    addFiles(before(by), name, candidates);
    candidates.addAll(path.cached(name, by.elf()));
    addFiles(path.directories(by.elf()), name, candidates);
    for (String candidate : candidates) {
      Optional<Hit> hit = open(candidate, by);
      if (hit.isPresent()) {
        return hit;
      }
    }
    return Optional.empty();
  }

  private void addFiles(List<String> directories, String name, List<String> candidates) {
    for (String directory : directories) {
      path.within(directory).forEach(each -> candidates.add(each + "/" + name));
    }
  }

  /**
   * glibc passes over a file for another machine, and gives up at one that is no ELF file; musl
   * gives up at the first that it cannot use.
   */
  private Optional<Hit> open(String file, LoadedObject by) {
    Optional<Found> found = files.file(file);
    if (found.isEmpty() || !files.identity().mayRead(found.get().file().metadata())) {
      return Optional.empty();
    }
    if (!files.isAtHand(found.get().file())) {
      return Optional.of(new Hit(new LoadedObject(file, ElfFile.assumed(target), by), file));
    }
    ElfFile elf = ImageFiles.elf(found.get().file());
    if (elf != null && elf.target().equals(target)) {
      return Optional.of(new Hit(new LoadedObject(file, elf, by), file));
    }
    return elf == null || isMusl() ? Optional.of(new Hit(null, file)) : Optional.empty();
  }

  /** The directories that come before those of the loader. */
  List<String> before(LoadedObject by) {
    List<String> directories = new ArrayList<>();
    if (path.isMusl()) {
      addEnvironment(by, directories);
      for (LoadedObject at = by; at != null; at = at.neededBy()) {
        List<String> runpath = at.elf().dynamic().runpath();
        add(runpath.isEmpty() ? at.elf().dynamic().rpath() : runpath, at, directories);
      }
      return directories;
    }
    if (by.elf().dynamic().runpath().isEmpty()) {
      for (LoadedObject at = by; at != null; at = at.neededBy()) {
        if (at.elf().dynamic().runpath().isEmpty()) {
          add(at.elf().dynamic().rpath(), at, directories);
        }
      }
    }
    addEnvironment(by, directories);
    add(by.elf().dynamic().runpath(), by, directories);
    return directories;
  }

  /** All directories that are searched for {@code by}, in order; the cache of ldconfig aside. */
  List<String> directories(LoadedObject by) {
    List<String> directories = new ArrayList<>(before(by));
    directories.addAll(path.directories(by.elf()));
    return directories;
  }

  /** To glibc an empty entry is the working directory, and the program's origin is known. */
  private void addEnvironment(LoadedObject by, List<String> directories) {
    if (environment == null || environment.isEmpty()) {
      return;
    }
    LoadedObject program = by;
    while (program.neededBy() != null) {
      program = program.neededBy();
    }
    for (String directory : environment.split(isMusl() ? "[:\n]" : "[:;]", -1)) {
      if (isMusl() && !directory.isEmpty()) {
        directories.add(directory);
      } else if (!isMusl()) {
        add(List.of(directory.isEmpty() ? "." : directory), program, directories);
      }
    }
  }

  private boolean isTrusted(String directory) {
    if (!secure || isMusl()) {
      return true;
    }
    String normal = TreePath.of(directory) + "/";
    return path.builtIn().stream().anyMatch(own -> normal.startsWith(own + "/"));
  }

  private void add(List<String> from, LoadedObject object, List<String> directories) {
    if (secure
        && isMusl()
        && object.neededBy() == null
        && from.stream().anyMatch(directory -> directory.contains("ORIGIN"))) {
      // musl drops all of them then, but a library's.
      return;
    }
    for (String directory : from) {
      String expanded = path.expand(directory, object.directory(), object.elf());
      if (expanded != null && (isTrusted(expanded) || !directory.contains("ORIGIN"))) {
        directories.add(expanded);
      }
    }
  }
}
