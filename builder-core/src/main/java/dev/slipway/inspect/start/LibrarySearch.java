package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.start.ImageFiles.Found;
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

  /**
   * @param environment {@code LD_LIBRARY_PATH}, or null
   */
  LibrarySearch(
      ImageFiles files, LibraryPath path, ElfTarget target, @Nullable String environment) {
    this.files = files;
    this.path = path;
    this.target = target;
    this.environment = environment;
  }

  boolean isMusl() {
    return path.isMusl();
  }

  /** The library that {@code by} gets when it asks for {@code name}. */
  Optional<LoadedObject> find(String name, LoadedObject by) {
    if (name.indexOf('/') >= 0) {
      String expanded = LibraryPath.expand(name, by.directory(), by.elf());
      return expanded == null ? Optional.empty() : open(expanded, by);
    }
    for (String directory : before(by)) {
      Optional<LoadedObject> found = open(directory + "/" + name, by);
      if (found.isPresent()) {
        return found;
      }
    }
    for (String cached : path.cached(name)) {
      Optional<LoadedObject> found = open(cached, by);
      if (found.isPresent()) {
        return found;
      }
    }
    for (String directory : path.directories()) {
      Optional<LoadedObject> found = open(directory + "/" + name, by);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A file that is there but for another machine is passed over. */
  Optional<LoadedObject> open(String file, LoadedObject by) {
    Optional<Found> found = files.file(file);
    if (found.isEmpty() || !files.identity().mayRead(found.get().file().metadata())) {
      return Optional.empty();
    }
    if (!files.isAtHand(found.get().file())) {
      return Optional.of(new LoadedObject(file, ElfFile.assumed(target), by));
    }
    ElfFile elf = ImageFiles.elf(found.get().file());
    return elf == null || !elf.target().equals(target)
        ? Optional.empty()
        : Optional.of(new LoadedObject(file, elf, by));
  }

  /** The directories that come before those of the loader. */
  List<String> before(LoadedObject by) {
    List<String> directories = new ArrayList<>();
    if (path.isMusl()) {
      addEnvironment(directories);
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
    addEnvironment(directories);
    add(by.elf().dynamic().runpath(), by, directories);
    return directories;
  }

  /** The directories of the loader itself. */
  List<String> defaults() {
    return path.directories();
  }

  private void addEnvironment(List<String> directories) {
    if (environment != null) {
      for (String directory : environment.split("[:;]", -1)) {
        directories.add(directory.isEmpty() ? "." : directory);
      }
    }
  }

  private static void add(List<String> from, LoadedObject object, List<String> directories) {
    for (String directory : from) {
      String expanded = LibraryPath.expand(directory, object.directory(), object.elf());
      if (expanded != null) {
        directories.add(expanded);
      }
    }
  }
}
