package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import org.jspecify.annotations.Nullable;

/**
 * A program or library in a process.
 *
 * @param path as the loader opened it
 * @param neededBy what made the loader load it; null for the program
 */
record LoadedObject(String path, ElfFile elf, @Nullable LoadedObject neededBy) {
  /** {@code $ORIGIN}. */
  String directory() {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** Whether it is a part of glibc: only those define its private symbols. */
  boolean isGlibc() {
    return elf.dynamic().definedVersions().contains("GLIBC_PRIVATE");
  }

  LoadedObject program() {
    LoadedObject at = this;
    while (at.neededBy != null) {
      at = at.neededBy;
    }
    return at;
  }
}
