package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfDynamic;
import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code java} and the other launchers of a JDK load by name before anything of Java runs: the
 * virtual machine with its libraries and classes. Since JDK 11 it lies where the launcher does.
 */
final class JavaRuntime {
  private static final String LAUNCHER = "libjli.so";
  private static final List<String> LIBRARIES = List.of("libjava.so", "libjimage.so");
  private static final List<String> MACHINES = List.of("server", "client", "minimal", "zero");

  private final Inspection inspection;
  private final ImageFiles files;
  private final LoadedProgram launcher;
  private final LibraryRepairs repairs;
  private final RegularFile program;
  private final String library;
  private final CopyLines lines = new CopyLines();
  private final Set<String> missing = new LinkedHashSet<>();

  /**
   * @param launcher with what it is loaded with
   * @param repairs of the same
   * @param program the launcher's file
   */
  JavaRuntime(
      Inspection inspection, LoadedProgram launcher, LibraryRepairs repairs, RegularFile program) {
    this.inspection = inspection;
    this.files = inspection.libraries();
    this.launcher = launcher;
    this.repairs = repairs;
    this.program = program;
    TreePath home = TreePath.of(launcher.program().directory()).parent();
    this.library = (home.isRoot() ? "" : home.toString()) + "/lib/";
  }

  /**
   * Tells of a launcher that was copied without its JDK, where a stage has that.
   *
   * @return whether there is nothing to go on with: the JDK would not come to lie beside it
   */
  static boolean isAlone(Inspection inspection, Found program, ElfFile elf, String name) {
    String companion = "../lib/" + LAUNCHER;
    if (!elf.dynamic().needed().contains(LAUNCHER)
        || inspection.libraries().file(program.path().parent() + "/" + companion).isPresent()) {
      return false;
    }
    Repairs.Copy whole = inspection.repairs().findWith(program.file(), companion).orElse(null);
    TreePath home = whole == null ? TreePath.ROOT : TreePath.of(whole.path()).parent().parent();
    if (whole == null || home.isRoot()) {
      return false;
    }
    List<String> line = CopyLines.ofDirectory(whole.stage(), home.toString());
    boolean inPlace = TreePath.of(whole.path()).equals(program.path());
    inspection.lacks(
        problem(name),
        List.of("the JDK beside it"),
        inPlace ? line : List.of(),
        line.get(0) + ", and start " + whole.path());
    if (inPlace) {
      inspection.repairs().putDirectory(whole.stage(), home, inspection.tree());
    }
    return !inPlace;
  }

  /**
   * Tells what the virtual machine lacks.
   *
   * @param name the launcher, in messages
   * @param known what is missing anyhow
   * @return launcher and virtual machine; null where it is none of Java's
   */
  @Nullable LoadedProgram check(String name, Set<String> known) {
    if (!isLauncher()) {
      return null;
    }
    List<String> loaded = new ArrayList<>();
    want(configuration());
    for (String each : LIBRARIES) {
      want(library + each);
      loaded.add(library + each);
    }
    if (!files.isDirectory(library + "../modules")) {
      want(library + "modules");
    }
    loaded.add(machine());
    loaded.removeIf(path -> files.file(path).isEmpty());
    LoadedProgram machine = load(loaded, known);
    if (!missing.isEmpty()) {
      inspection.lacks(
          problem(name), missing, lines.lines(), "copy the whole JDK, and what its libraries need");
    }
    return machine;
  }

  private static String problem(String name) {
    return "\"" + name + "\" cannot start Java";
  }

  private boolean isLauncher() {
    LoadedObject own = launcher.byName().get(LAUNCHER);
    Optional<Found> here = files.file(library + LAUNCHER);
    return own != null
        && here.isPresent()
        && files.file(own.path()).map(Found::path).equals(here.map(Found::path));
  }

  /** Debian keeps it below {@code /etc}, and its launchers do with a copy beside it. */
  private String configuration() {
    String usual = library + "jvm.cfg";
    String copy = usual + "-default";
    boolean debian =
        files.file(copy).isPresent()
            || files.file(usual).isEmpty()
                && inspection.repairs().find(usual, program).isEmpty()
                && inspection.repairs().find(copy, program).isPresent();
    return debian ? copy : usual;
  }

  private String machine() {
    for (String each : MACHINES) {
      String path = library + each + "/libjvm.so";
      if (files.file(path).isPresent()) {
        return path;
      }
    }
    String usual = library + MACHINES.get(0) + "/libjvm.so";
    want(usual);
    return usual;
  }

  private void want(String path) {
    if (files.file(path).isPresent()) {
      return;
    }
    String destination = files.destination(path);
    missing.add(destination);
    Optional<Repairs.Copy> copy = inspection.repairs().find(path, program);
    if (copy.isEmpty()) {
      copy = inspection.repairs().find(destination, program);
    }
    if (copy.isPresent()) {
      lines.add(copy.get(), destination);
      inspection.putRepaired(copy.get(), destination);
    }
  }

  /** As if the launcher had been linked with them, which comes to the same here. */
  private LoadedProgram load(List<String> libraries, Set<String> known) {
    LoadedObject own = launcher.program();
    ElfDynamic dynamic = own.elf().dynamic();
    List<String> needed = new ArrayList<>(dynamic.needed());
    needed.addAll(libraries);
    ElfFile asking =
        new ElfFile(
            own.elf().target(),
            own.elf().type(),
            own.elf().entry(),
            own.elf().interpreter(),
            new ElfDynamic(
                dynamic.soname(),
                needed,
                dynamic.rpath(),
                dynamic.runpath(),
                dynamic.requiredVersions(),
                dynamic.definedVersions(),
                dynamic.noDefaultDirectories(),
                dynamic.bindsNow()),
            own.elf().constants());
    Set<String> lacking = new LinkedHashSet<>();
    LoadedProgram loaded =
        new ProgramLoad(launcher.search(), repairs, lines, lacking)
            .load(new LoadedObject(own.path(), asking, null), launcher.loader(), List.of());
    lacking.removeAll(known);
    // Launchers of musl's JDKs name the directories of the JDK in LD_LIBRARY_PATH.
    lacking.removeIf(
        each ->
            files.file(library + each).isPresent()
                || files.file(library + "server/" + each).isPresent());
    missing.addAll(lacking);
    return loaded;
  }
}
