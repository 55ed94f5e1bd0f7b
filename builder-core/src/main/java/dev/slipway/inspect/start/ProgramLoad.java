package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads a program's libraries, and theirs, breadth first as loaders do. */
final class ProgramLoad {
  private static final int MAX_OBJECTS = 4096;

  private final LibrarySearch search;
  private final LibraryRepairs repairs;
  private final CopyLines lines;
  private final Set<String> missing;
  private final Map<String, LoadedObject> byName = new HashMap<>();
  private final List<LoadedObject> all = new ArrayList<>();
  private final ArrayDeque<LoadedObject> pending = new ArrayDeque<>();

  /**
   * @param lines gets what repairs it
   * @param missing gets the names of what is missing, in order
   */
  ProgramLoad(LibrarySearch search, LibraryRepairs repairs, CopyLines lines, Set<String> missing) {
    this.search = search;
    this.repairs = repairs;
    this.lines = lines;
    this.missing = missing;
  }

  /**
   * @param preloads libraries that come before those of the program, where they are
   */
  LoadedProgram load(LoadedObject program, ElfFile loader, List<String> preloads) {
    byName.put(
        loader.dynamic().soname(),
        new LoadedObject(String.valueOf(program.elf().interpreter()), loader, program));
    pending.add(program);
    for (String preload : preloads) {
      search
          .find(preload, program)
          .map(LibrarySearch.Hit::object)
          // Loaders only warn of a program among them.
          .filter(object -> object.elf().interpreter() == null)
          .ifPresent(object -> add(preload, object));
    }
    while (!pending.isEmpty() && all.size() < MAX_OBJECTS) {
      LoadedObject object = pending.remove();
      all.add(object);
      for (String needed : object.elf().dynamic().needed()) {
        if (!byName.containsKey(needed) && !(search.isMusl() && isPartOfMusl(needed))) {
          load(needed, object);
        }
      }
    }
    return new LoadedProgram(List.copyOf(all), byName, search, loader);
  }

  private void load(String library, LoadedObject by) {
    Optional<LibrarySearch.Hit> hit = search.find(library, by);
    LoadedObject object = hit.map(LibrarySearch.Hit::object).orElse(null);
    if (object == null) {
      String file = hit.map(LibrarySearch.Hit::file).orElse(null);
      missing.add(file == null ? library : library + " (\"" + file + "\" is no such library)");
      if (repairs.copy(library, by, file, lines)) {
        object = search.find(library, by).map(LibrarySearch.Hit::object).orElse(null);
      }
    }
    if (object == null) {
      // Stands for what nobody has, so that it is told of once.
      byName.put(library, new LoadedObject(library, ElfFile.assumed(by.elf().target()), by));
      return;
    }
    add(library, object);
  }

  private void add(String library, LoadedObject object) {
    byName.put(library, object);
    byName.putIfAbsent(object.elf().dynamic().soname(), object);
    pending.add(object);
  }

  /** musl's loader is its C library, and answers to these names itself. */
  private static boolean isPartOfMusl(String library) {
    for (String own : new String[] {"c.", "pthread.", "rt.", "m.", "dl.", "util.", "xnet."}) {
      if (library.startsWith("lib" + own)) {
        return true;
      }
    }
    return false;
  }
}
