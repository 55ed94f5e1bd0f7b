package dev.slipway.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds programs of the host. */
final class ProgramSearch {
  private final List<Path> directories;

  ProgramSearch(List<Path> directories) {
    this.directories = directories;
  }

  List<Path> directories() {
    return directories;
  }

  /** The first program of that name, or null. */
  @Nullable Path find(String name) {
    for (Path directory : directories) {
      Path candidate = directory.resolve(name);
      if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
