package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sums up what the programs of a command need. */
final class NeedsTally {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "busybox", "zsh");

  /** Languages whose programs are worth nothing without a library of their own. */
  private static final List<String> RUNTIMES =
      List.of("python", "perl", "ruby", "node", "java", "php", "lua");

  /** What glibc's packages install, beside the loader. */
  private static final Set<String> GLIBC =
      Set.of(
          "libc.so.6",
          "libm.so.6",
          "libmvec.so.1",
          "libpthread.so.0",
          "libdl.so.2",
          "librt.so.1",
          "libutil.so.1",
          "libresolv.so.2",
          "libanl.so.1");

  private CLibrary cLibrary = CLibrary.NONE;
  private SymbolVersions.@Nullable Version glibc;
  private final Set<String> libraries = new TreeSet<>();
  private final Set<String> runtimes = new TreeSet<>();
  private boolean shell;
  private boolean certificates;
  private boolean timeZones;
  private boolean unknown;

  /** A program that the command starts, by the name of its file. */
  void program(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    shell = shell || SHELLS.contains(name);
    for (String runtime : RUNTIMES) {
      String rest = name.startsWith(runtime) ? name.substring(runtime.length()) : "x";
      boolean version = true;
      for (int i = 0; i < rest.length(); i++) {
        version = version && (Character.isDigit(rest.charAt(i)) || rest.charAt(i) == '.');
      }
      if (version) {
        runtimes.add(runtime);
      }
    }
  }

  /** A program whose loader nobody has. */
  void dynamic(String interpreter, ElfFile program) {
    addLoader(interpreter);
    addLibraries(program);
  }

  void dynamic(String interpreter, LoadedProgram program) {
    addLoader(interpreter);
    SymbolVersions.Version needed = SymbolVersions.glibc(program);
    if (needed != null && (glibc == null || needed.compareTo(glibc) > 0)) {
      glibc = needed;
    }
    for (LoadedObject object : program.objects()) {
      addLibraries(object.elf());
    }
  }

  private void addLoader(String interpreter) {
    if (cLibrary != CLibrary.GLIBC) {
      cLibrary = interpreter.contains("ld-musl-") ? CLibrary.MUSL : CLibrary.GLIBC;
    }
  }

  private void addLibraries(ElfFile elf) {
    for (String library : elf.dynamic().needed()) {
      boolean own =
          GLIBC.contains(library)
              || library.startsWith("ld-linux")
              || library.startsWith("ld64.so")
              || library.startsWith("libc.musl-")
              || library.equals("libc.so");
      if (!own) {
        libraries.add(library);
      }
    }
  }

  void certificates() {
    certificates = true;
  }

  void timeZones() {
    timeZones = true;
  }

  /** A program could not be looked into. */
  void unknown() {
    unknown = true;
  }

  /** Null where a program could not be looked into. */
  @Nullable RuntimeNeeds needs() {
    return unknown
        ? null
        : new RuntimeNeeds(
            cLibrary,
            glibc == null ? null : glibc.toString(),
            libraries,
            shell,
            runtimes,
            certificates,
            timeZones);
  }
}
