package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.StartCheck.Environment;
import dev.slipway.oci.Platform;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.TreePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads a program as the kernel and its loader would: its libraries, and theirs. */
final class ElfCheck {
  private static final int MAX_OBJECTS = 4096;

  private final Platform platform;
  private final FileTreeBuilder tree;
  private final ImageFiles files;
  private final Environment environment;
  private final Repairs repairs;
  private final List<StartFinding> findings;

  ElfCheck(
      Platform platform,
      FileTreeBuilder tree,
      ImageFiles files,
      Environment environment,
      Repairs repairs,
      List<StartFinding> findings) {
    this.platform = platform;
    this.tree = tree;
    this.files = files;
    this.environment = environment;
    this.repairs = repairs;
    this.findings = findings;
  }

  void check(Found program, String name) {
    ElfFile elf = ImageFiles.elf(program.file());
    if (elf == null || elf.type() == ElfFile.Type.OTHER) {
      certain("\"" + name + "\" is a broken ELF file or no program: exec format error");
      return;
    }
    if (!elf.target().runsOn(platform.architecture())) {
      certain(
          "\"" + name + "\" is for " + elf.target().architecture() + ", the image for " + platform);
      return;
    }
    String interpreter = elf.interpreter();
    if (interpreter == null) {
      if (elf.entry() == 0) {
        certain("\"" + name + "\" is a library, not a program");
      }
      return;
    }
    Repairs.Lines lines = new Repairs.Lines();
    List<String> missing = new ArrayList<>();
    Optional<Found> loader = loader(program, interpreter, lines, missing);
    if (loader.isPresent()) {
      ElfFile loaderElf =
          files.isAtHand(loader.get().file())
              ? ImageFiles.elf(loader.get().file())
              : ElfFile.assumed(elf.target());
      if (loaderElf == null || !loaderElf.target().equals(elf.target())) {
        certain("loader \"" + interpreter + "\" of \"" + name + "\" is for another machine");
        return;
      }
      LibrarySearch search =
          new LibrarySearch(
              files,
              LibraryPath.of(interpreter, loader.get(), files),
              elf.target(),
              environment.libraryPath());
      LoadedObject root = new LoadedObject(program.path().toString(), elf, null);
      load(program, root, search, loaderElf, lines, missing);
    }
    report(name, interpreter, missing, lines);
  }

  private void report(String name, String interpreter, List<String> missing, Repairs.Lines lines) {
    if (missing.isEmpty()) {
      return;
    }
    String what = missing.size() == 1 ? missing.get(0) : String.join(", ", missing);
    List<String> repair = lines.lines();
    findings.add(
        new StartFinding(
            true,
            "\"" + name + "\" cannot be loaded: the image lacks " + what,
            repair,
            repair.isEmpty() ? advice(interpreter) : null));
  }

  private static String advice(String interpreter) {
    return interpreter.contains("ld-musl-")
        ? "it is linked with musl: start from alpine, or link it with -static"
        : "it is linked with glibc: start from a base with glibc, or link it with -static";
  }

  private Optional<Found> loader(
      Found program, String interpreter, Repairs.Lines lines, List<String> missing) {
    Optional<Found> loader = files.file(interpreter);
    if (loader.isPresent()) {
      if (!files.identity().mayExecute(loader.get().file().metadata())) {
        certain("loader \"" + interpreter + "\" is not executable");
      }
      return loader;
    }
    missing.add(interpreter);
    Optional<Repairs.Copy> copy = repairs.find(interpreter, program.file());
    if (copy.isEmpty()) {
      return Optional.empty();
    }
    lines.add(copy.get(), interpreter);
    tree.put(files.absolute(interpreter), copy.get().file());
    return files.file(interpreter);
  }

  private void load(
      Found program,
      LoadedObject root,
      LibrarySearch search,
      ElfFile loader,
      Repairs.Lines lines,
      List<String> missing) {
    Map<String, LoadedObject> byName = new HashMap<>();
    byName.put(
        loader.dynamic().soname(),
        new LoadedObject(String.valueOf(root.elf().interpreter()), loader, root));
    List<LoadedObject> all = new ArrayList<>();
    ArrayDeque<LoadedObject> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty() && all.size() < MAX_OBJECTS) {
      LoadedObject object = pending.remove();
      all.add(object);
      for (String needed : object.elf().dynamic().needed()) {
        if (byName.containsKey(needed) || search.isMusl() && isPartOfMusl(needed)) {
          continue;
        }
        Optional<LoadedObject> found = search.find(needed, object);
        if (found.isEmpty()) {
          missing.add(needed);
          found = repair(program, needed, object, search, lines);
        }
        if (found.isPresent()) {
          byName.put(needed, found.get());
          byName.putIfAbsent(found.get().elf().dynamic().soname(), found.get());
          pending.add(found.get());
        } else {
          byName.put(needed, missing(needed, object));
        }
      }
    }
    if (!search.isMusl()) {
      checkVersions(all, byName);
    }
  }

  /** Stands for a library that nobody has, so that it is told of once. */
  private static LoadedObject missing(String library, LoadedObject by) {
    return new LoadedObject(library, ElfFile.assumed(by.elf().target()), by);
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

  private Optional<LoadedObject> repair(
      Found program, String library, LoadedObject by, LibrarySearch search, Repairs.Lines lines) {
    Optional<Repairs.Copy> copy = inStage(program, library, by, search);
    if (copy.isEmpty()) {
      return Optional.empty();
    }
    String destination = destination(copy.get().path(), library, by, search);
    lines.add(copy.get(), destination);
    tree.put(TreePath.of(destination), copy.get().file());
    return search.open(destination, by);
  }

  private Optional<Repairs.Copy> inStage(
      Found program, String library, LoadedObject by, LibrarySearch search) {
    List<String> directories = new ArrayList<>(search.before(by));
    directories.addAll(search.defaults());
    for (Repairs.Source source : repairs.sources(program.file())) {
      for (String directory : directories) {
        String path = directory + "/" + library;
        Optional<Found> found = source.files().file(path);
        ElfFile elf = found.map(each -> ImageFiles.elf(each.file())).orElse(null);
        if (found.isPresent() && elf != null && elf.target().equals(by.elf().target())) {
          return Optional.of(new Repairs.Copy(source.name(), path, found.get().file()));
        }
      }
    }
    return repairs.findAnywhere(library, by.elf().target(), program.file());
  }

  /** The path it has in the stage if it will be looked for there, else one where it will be. */
  private String destination(String path, String library, LoadedObject by, LibrarySearch search) {
    List<String> directories = new ArrayList<>(search.before(by));
    directories.addAll(search.defaults());
    String own = path.substring(0, path.lastIndexOf('/'));
    boolean searched = false;
    for (String directory : directories) {
      searched = searched || TreePath.of(directory).equals(TreePath.of(own));
    }
    String directory = searched || directories.isEmpty() ? own : directories.get(0);
    return files.absolute(directory) + "/" + library;
  }

  private void checkVersions(List<LoadedObject> all, Map<String, LoadedObject> byName) {
    for (LoadedObject object : all) {
      for (Map.Entry<String, Set<String>> required :
          object.elf().dynamic().requiredVersions().entrySet()) {
        LoadedObject library = byName.get(required.getKey());
        Set<String> defined =
            library == null ? Set.of() : library.elf().dynamic().definedVersions();
        // A library without any version serves all; the loader only warns.
        if (library == null || defined.isEmpty()) {
          continue;
        }
        List<String> lacking = new ArrayList<>(required.getValue());
        lacking.removeAll(defined);
        if (!lacking.isEmpty()) {
          lacking.sort(null);
          findings.add(
              StartFinding.certain(
                  "\""
                      + object.path()
                      + "\" needs "
                      + String.join(", ", lacking)
                      + ", which \""
                      + library.path()
                      + "\" does not have",
                  "build on the base that it runs on, or on an older one"));
        }
      }
    }
  }

  private void certain(String message) {
    findings.add(StartFinding.certain(message, null));
  }
}
