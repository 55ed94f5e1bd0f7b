package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.SymbolVersions.Mismatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads a program as the kernel and its loader would: its libraries, and theirs. */
final class ElfCheck {
  /** A library that is exchanged may ask for another one to be. */
  private static final int MAX_ROUNDS = 4;

  private final Inspection inspection;
  private final ImageFiles files;
  private final Found program;
  private final String name;
  private final CopyLines lines = new CopyLines();
  private final Set<String> missing = new LinkedHashSet<>();
  private final FilePrivileges privileges;

  ElfCheck(Inspection inspection, Found program, String name) {
    this.inspection = inspection;
    this.files = inspection.libraries();
    this.program = program;
    this.name = name;
    this.privileges = new FilePrivileges(program.file().metadata());
  }

  void run() {
    ElfFile elf = ImageFiles.elf(program.file());
    if (elf == null || elf.type() == ElfFile.Type.OTHER) {
      certain("\"" + name + "\" is a broken ELF file or no program: exec format error");
    } else if (!elf.target().runsOn(inspection.platform().architecture())) {
      certain(
          "\""
              + name
              + "\" is for "
              + elf.target().architecture()
              + ", the image for "
              + inspection.platform());
    } else if (!privileges.unusual().isEmpty()) {
      inspection.certain(
          "\""
              + name
              + "\" has "
              + String.join(", ", privileges.unusual())
              + ", which containers have only where --cap-add gives it: operation not permitted",
          "take it away with setcap -r, or let it be gained (setcap =p) where it is there");
    } else if (elf.interpreter() != null) {
      load(elf, elf.interpreter());
    } else if (elf.entry() == 0) {
      certain("\"" + name + "\" is a library, not a program");
    } else {
      LaterNeeds.ofStatic(inspection, program, elf, name);
    }
  }

  private void load(ElfFile elf, String interpreter) {
    Optional<Found> loader = loader(interpreter);
    if (loader.isEmpty()) {
      inspection.needs().dynamic(interpreter, elf);
      report(interpreter);
      return;
    }
    ElfFile loaderElf =
        files.isAtHand(loader.get().file())
            ? ImageFiles.elf(loader.get().file())
            : ElfFile.assumed(elf.target());
    if (loaderElf == null || !loaderElf.target().equals(elf.target())) {
      String of = "loader \"" + interpreter + "\" of \"" + name + "\" is ";
      inspection.certain(
          loaderElf == null
              ? of + "no whole ELF file"
              : of + machine(loaderElf.target()) + ", \"" + name + "\" " + machine(elf.target()),
          "take the loader from where \"" + name + "\" was made");
      return;
    }
    boolean secure = privileges.isSecure(files.identity());
    LibrarySearch search =
        new LibrarySearch(
            files,
            LibraryPath.of(interpreter, loader.get(), loaderElf, inspection),
            elf.target(),
            inspection.libraryPath(),
            secure);
    LibraryRepairs repairs = new LibraryRepairs(inspection, program.file(), search);
    LoadedObject root = new LoadedObject(program.path().toString(), elf, null);
    LoadedProgram loaded = null;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      loaded =
          new ProgramLoad(search, repairs, lines, missing)
              .load(root, loaderElf, secure ? List.of() : inspection.preloads());
      if (loaded.isMusl() || !checkVersions(loaded, repairs)) {
        break;
      }
    }
    report(interpreter);
    if (loaded != null) {
      inspection.needs().dynamic(interpreter, loaded);
      checkSymbols(interpreter, loaded);
      LaterNeeds.ofDynamic(inspection, loaded, repairs, name);
    }
  }

  private static String machine(ElfTarget target) {
    return "for " + target.architecture();
  }

  /** Where nothing else is wrong. */
  private void checkSymbols(String interpreter, LoadedProgram loaded) {
    String problem =
        missing.isEmpty() && SymbolVersions.mismatches(loaded).isEmpty()
            ? new SymbolCheck(files, loaded).problem(interpreter)
            : null;
    if (problem != null) {
      inspection.certain(problem, "take program and libraries from one base, of one version");
    }
  }

  private Optional<Found> loader(String interpreter) {
    Optional<Found> loader = files.file(interpreter);
    if (loader.isPresent()) {
      if (!files.identity().mayExecute(loader.get().file().metadata())) {
        inspection.unexecutable("loader \"" + interpreter + "\"", loader.get());
      }
      return loader;
    }
    missing.add(interpreter);
    Optional<Repairs.Copy> copy = inspection.repairs().find(interpreter, program.file());
    if (copy.isEmpty()) {
      return Optional.empty();
    }
    lines.add(copy.get(), interpreter);
    inspection.putRepaired(copy.get(), interpreter);
    return files.file(interpreter);
  }

  /**
   * @return whether a library was exchanged, so that all is to be loaded anew
   */
  private boolean checkVersions(LoadedProgram loaded, LibraryRepairs repairs) {
    boolean exchanged = false;
    List<StartFinding> unrepaired = new ArrayList<>();
    for (Mismatch each : SymbolVersions.mismatches(loaded)) {
      CopyLines own = new CopyLines();
      boolean copied =
          !each.isOfGlibc()
              && repairs.copy(
                  each.name(), each.by(), each.library().path(), Set.copyOf(each.lacking()), own);
      exchanged = exchanged || copied;
      StartFinding finding =
          new StartFinding(true, each.message(), own.lines(), copied ? null : advice(each));
      (copied ? inspection.findings() : unrepaired).add(finding);
    }
    if (!exchanged) {
      inspection.findings().addAll(unrepaired);
    }
    return exchanged;
  }

  private static String advice(Mismatch mismatch) {
    SymbolVersions.Version glibc = SymbolVersions.newest(null, Set.copyOf(mismatch.lacking()));
    return glibc == null
        ? "build on the base that it runs on, or on an older one"
        : "build on the base that it runs on or an older one, link it with -static, or start the"
            + " last stage from "
            + BaseImage.withGlibc(glibc);
  }

  private void report(String interpreter) {
    if (missing.isEmpty()) {
      return;
    }
    List<String> repair = lines.lines();
    inspection
        .findings()
        .add(
            new StartFinding(
                true,
                "\"" + name + "\" cannot be loaded: the image lacks " + String.join(", ", missing),
                repair,
                repair.isEmpty() ? advice(interpreter) : null));
  }

  private static String advice(String interpreter) {
    return interpreter.contains("ld-musl-")
        ? "it is linked with musl: start from alpine, or link it with -static"
        : "it is linked with glibc: start from a base with glibc, as gcr.io/distroless/base-debian12,"
            + " or link it with -static";
  }

  private void certain(String message) {
    inspection.certain(message, (@Nullable String) null);
  }
}
