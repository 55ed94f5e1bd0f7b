package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import java.util.List;
import java.util.Map;

/**
 * A program with all that its loader finds for it.
 *
 * @param objects the program first; without what is missing
 * @param byName by the names that they are asked for, and their sonames
 */
record LoadedProgram(
    List<LoadedObject> objects,
    Map<String, LoadedObject> byName,
    LibrarySearch search,
    ElfFile loader) {
  LoadedObject program() {
    return objects.get(0);
  }

  boolean isMusl() {
    return search.isMusl();
  }
}
