package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.SymbolVersions.Mismatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads a program as the kernel and its loader would: its libraries, and theirs. */
final class ElfCheck {
  /** A library that is exchanged may ask for another one to be. */
  private static final int MAX_ROUNDS = 4;

  private static final int MAX_PRELOADS = 1 << 16;

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
    run(null);
  }

  /** As {@code loader} loads it, not the one that the program names. */
  void runWith(String loader) {
    run(loader);
  }

  private void run(@Nullable String loader) {
    ElfFile elf = ImageFiles.elf(program.file());
    if (elf == null || elf.type() == ElfFile.Type.OTHER) {
      certain("\"" + name + "\" is a broken ELF file or no program: exec format error");
    } else if (!elf.target().runsOn(inspection.platform().architecture())) {
      inspection.certain(
          "\""
              + name
              + "\" is for "
              + elf.target().architecture()
              + ", the image for "
              + inspection.platform(),
          "build it for the image, as with GOARCH=$TARGETARCH, or the image with --platform=linux/"
              + elf.target().architecture());
    } else if (loader == null && !privileges.unusual().isEmpty()) {
      inspection.certain(
          "\""
              + name
              + "\" has "
              + String.join(", ", privileges.unusual())
              + ", which containers have only where --cap-add gives it: operation not permitted",
          "take it away with setcap -r, or let it be gained (setcap =p) where it is there");
    } else if (elf.interpreter() != null) {
      load(elf, loader == null ? elf.interpreter() : loader);
    } else if (elf.entry() == 0) {
      certain("\"" + name + "\" is a library, not a program");
    } else {
      LaterNeeds.ofStatic(inspection, program, elf, name);
    }
  }

  private void load(ElfFile elf, String interpreter) {
    if (JavaRuntime.isAlone(inspection, program, elf, name)) {
      return;
    }
    Optional<Found> loader = loader(interpreter);
    if (loader.isEmpty()) {
      inspection.needs().dynamic(interpreter, elf);
      report(missing, advice(interpreter));
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
              .load(root, loaderElf, preloads(secure, search.isMusl()));
      if (loaded.isMusl() || !repairVersions(SymbolVersions.mismatches(loaded), repairs)) {
        break;
      }
    }
    reportLibraries(loaded);
    if (loaded != null) {
      inspection.needs().dynamic(interpreter, loaded);
      checkSymbols(interpreter, loaded);
      checkJava(loaded, repairs);
      LaterNeeds.ofDynamic(inspection, loaded, repairs, name);
    }
  }

  /** Those of {@code /etc/ld.so.preload} come last, and whoever starts the program. */
  private List<String> preloads(boolean secure, boolean musl) {
    List<String> preloads = new ArrayList<>(secure ? List.of() : inspection.preloads());
    Optional<Found> file = files.file("/etc/ld.so.preload");
    if (!musl && file.isPresent() && files.isAtHand(file.get().file())) {
      String text =
          new String(ImageFiles.start(file.get().file(), MAX_PRELOADS), StandardCharsets.UTF_8);
      for (String word : text.replaceAll("#.*", "").split("[\\s:]+")) {
        if (!word.isEmpty()) {
          preloads.add(word);
        }
      }
    }
    return preloads;
  }

  private void checkJava(LoadedProgram launcher, LibraryRepairs repairs) {
    LoadedProgram machine =
        new JavaRuntime(inspection, launcher, repairs, program.file()).check(name, missing);
    if (machine != null) {
      List<Mismatch> mismatches = new ArrayList<>(SymbolVersions.mismatches(machine));
      Set<String> told = new LinkedHashSet<>();
      SymbolVersions.mismatches(launcher).forEach(each -> told.add(each.message()));
      mismatches.removeIf(each -> told.contains(each.message()));
      repairVersions(mismatches, repairs);
    }
  }

  private static String machine(ElfTarget target) {
    return "for " + target.architecture();
  }

  /** Where nothing else is wrong. */
  private void checkSymbols(String interpreter, LoadedProgram loaded) {
    if (!missing.isEmpty() || !SymbolVersions.mismatches(loaded).isEmpty()) {
      return;
    }
    String mixed = GlibcReleases.mixed(files, interpreter, loaded);
    String problem = mixed == null ? new SymbolCheck(files, loaded).problem(interpreter) : mixed;
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
  private boolean repairVersions(List<Mismatch> mismatches, LibraryRepairs repairs) {
    boolean exchanged = false;
    List<StartFinding> unrepaired = new ArrayList<>();
    for (Mismatch each : mismatches) {
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

  /** What no stage has is told by itself. */
  private void reportLibraries(@Nullable LoadedProgram loaded) {
    Set<String> nowhere = new LinkedHashSet<>();
    for (String each : missing) {
      LoadedObject object = loaded == null ? null : loaded.byName().get(each);
      if (object != null && object.path().equals(each)) {
        nowhere.add(each);
      }
    }
    Set<String> elsewhere = new LinkedHashSet<>(missing);
    elsewhere.removeAll(nowhere);
    report(elsewhere, null);
    Map<String, Set<String>> byAdvice = new LinkedHashMap<>();
    for (String each : nowhere) {
      byAdvice.computeIfAbsent(adviceOn(each, loaded), advice -> new LinkedHashSet<>()).add(each);
    }
    byAdvice.forEach((advice, lacking) -> report(lacking, advice));
  }

  private String adviceOn(String library, @Nullable LoadedProgram loaded) {
    String place =
        loaded == null
            ? null
            : new Suggestions(inspection)
                .placeOfLibrary(library, file -> isFor(file, loaded.search().target()));
    return place == null
        ? "no stage has it: install its package in one, and copy it from there"
        : "it is in "
            + place
            + ", where the loader does not look: ENV LD_LIBRARY_PATH="
            + place
            + (loaded != null && loaded.isMusl() ? "" : ", or RUN ldconfig " + place);
  }

  private static boolean isFor(Found file, ElfTarget target) {
    ElfFile elf = ImageFiles.elf(file.file());
    return elf != null && elf.target().equals(target);
  }

  private void report(Set<String> lacking, @Nullable String advice) {
    if (!lacking.isEmpty()) {
      inspection.lacks(
          "\"" + name + "\" cannot be loaded",
          lacking,
          advice == null ? lines.lines() : List.of(),
          advice == null ? "copy it from where it is whole, and for this machine" : advice);
    }
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
