package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes libraries out of stages, to where the image's loader will find them. */
final class LibraryRepairs {
  private final Inspection inspection;
  private final RegularFile program;
  private final LibrarySearch search;

  /**
   * @param program what is to be loaded: the stage that it came from is asked first
   */
  LibraryRepairs(Inspection inspection, RegularFile program, LibrarySearch search) {
    this.inspection = inspection;
    this.program = program;
    this.search = search;
  }

  /**
   * Copies a library that {@code by} asks for.
   *
   * @param place where it must go, or null for wherever it is looked for
   * @return whether a stage has it
   */
  boolean copy(String library, LoadedObject by, @Nullable String place, CopyLines lines) {
    return copy(library, by, place, Set.of(), lines);
  }

  /**
   * @param versions that it must define
   */
  boolean copy(
      String library,
      LoadedObject by,
      @Nullable String place,
      Set<String> versions,
      CopyLines lines) {
    Optional<Repairs.Copy> copy = inStage(library, by, versions);
    if (copy.isEmpty()) {
      return false;
    }
    String destination =
        place == null ? destination(copy.get().path(), library, by) : absolute(place);
    lines.add(copy.get(), destination);
    inspection.putRepaired(copy.get(), destination);
    return true;
  }

  private Optional<Repairs.Copy> inStage(String library, LoadedObject by, Set<String> versions) {
    for (Repairs.Source source : inspection.repairs().sources(program)) {
      for (String directory : search.directories(by)) {
        String path = directory + "/" + library;
        Optional<Found> found = source.files().file(path);
        if (found.isPresent() && fits(found.get(), versions)) {
          return Optional.of(new Repairs.Copy(source.name(), path, found.get().file()));
        }
      }
    }
    return inspection.repairs().findNamed(library, program, found -> fits(found, versions));
  }

  private boolean fits(Found library, Set<String> versions) {
    ElfFile elf = ImageFiles.elf(library.file());
    return elf != null
        && elf.target().equals(search.target())
        && elf.dynamic().definedVersions().containsAll(versions);
  }

  /** The path it has in the stage if it will be looked for there, else one where it will be. */
  private String destination(String path, String library, LoadedObject by) {
    List<String> directories = search.directories(by);
    String own = path.substring(0, path.lastIndexOf('/'));
    boolean searched = false;
    for (String directory : directories) {
      searched = searched || TreePath.of(directory).equals(TreePath.of(own));
    }
    return absolute(searched || directories.isEmpty() ? own : directories.get(0)) + "/" + library;
  }

  private String absolute(String path) {
    return inspection.libraries().absolute(path).toString();
  }
}
