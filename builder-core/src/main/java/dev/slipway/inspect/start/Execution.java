package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.ProgramLookup.Seeker;
import dev.slipway.tree.RegularFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Executes one file as the kernel does: a program up to its loader, a script by its interpreter.
 */
final class Execution {
  private static final int MAX_INTERPRETERS = 5;
  private static final String SHELL = "/bin/sh";

  private final Inspection inspection;
  private final ImageFiles files;
  private final ProgramLookup lookup;
  private final Set<String> checked;

  Execution(Inspection inspection) {
    this(inspection, new HashSet<>());
  }

  /**
   * @param checked the paths of what was told of already, or is right
   */
  private Execution(Inspection inspection, Set<String> checked) {
    this.inspection = inspection;
    this.files = inspection.programs();
    this.lookup = new ProgramLookup(inspection);
    this.checked = checked;
  }

  void execute(Found found, String name) {
    execute(found, name, 0);
  }

  /** A loader is told to load it, whatever its rights and its own loader are. */
  void load(Found found, String name, String loader) {
    if (!files.isAtHand(found.file())) {
      inspection.needs().unknown();
      return;
    }
    if (ElfFile.isElf(ImageFiles.start(found.file(), ShebangLine.LENGTH))) {
      new ElfCheck(inspection, found, name).runWith(loader);
    } else {
      inspection.certain(
          "\"" + name + "\" is no ELF program, which alone \"" + loader + "\" loads",
          "start it without the loader");
    }
  }

  /** A shell runs a file without a first line for an interpreter itself. */
  void executeFromShell(Found found, String name) {
    if (!files.isAtHand(found.file())) {
      inspection.needs().unknown();
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    if (ElfFile.isElf(start) || ShebangLine.read(start) != null) {
      execute(found, name);
    }
  }

  /** execvp(3) of glibc hands to a shell what the kernel does not know; that of musl does not. */
  void executeFrom(Found launcher, String by, Found found, String name) {
    if (!files.isAtHand(found.file()) || !Launcher.asksShell(by)) {
      execute(found, name);
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    ElfFile elf = files.isAtHand(launcher.file()) ? ImageFiles.elf(launcher.file()) : null;
    String loader = elf == null ? null : elf.interpreter();
    if (ElfFile.isElf(start)
        || ShebangLine.read(start) != null
        || loader != null && loader.contains("ld-musl-")) {
      execute(found, name);
      return;
    }
    lookup
        .find(SHELL, Seeker.PROGRAM, "\"" + name + "\" has no #!, so that \"" + SHELL + "\"", null)
        .ifPresent(shell -> execute(shell, SHELL));
  }

  private void execute(Found found, String name, int depth) {
    if (isBusybox(found) && !checkApplet(found, name)) {
      return;
    }
    if (!checked.add(found.path().toString())) {
      return;
    }
    inspection.needs().program(name);
    if (!files.isAtHand(found.file())) {
      inspection.needs().unknown();
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    if (ElfFile.isElf(start)) {
      new ElfCheck(inspection, found, name).run();
      return;
    }
    ShebangLine line = ShebangLine.read(start);
    if (line == null) {
      inspection.certain(
          start.length == 0
              ? "\"" + name + "\" is an empty file: exec format error"
              : "\""
                  + name
                  + "\" is neither an ELF program nor a script with #!: exec format error",
          "begin the script with #!/bin/sh, or name its shell in ENTRYPOINT");
    } else if (depth >= MAX_INTERPRETERS) {
      inspection.certain("\"" + name + "\" has too many interpreters", null);
    } else {
      interpret(found, name, line, depth);
    }
  }

  private void interpret(Found script, String name, ShebangLine line, int depth) {
    String interpreter = line.interpreter();
    if (line.hasForeignEnd()) {
      ForeignLines.tell(
          inspection,
          script,
          line.argument().isEmpty() || line.isEnv()
              ? "its interpreter is not found"
              : "its interpreter does not understand the end of its first line");
      return;
    }
    Optional<Found> found = interpreter(script.file(), name, interpreter);
    if (found.isEmpty()) {
      inspection.needs().program(interpreter);
      return;
    }
    if (!files.identity().mayRead(script.file().metadata())) {
      inspection.certain(
          "script \"" + name + "\" is not readable for " + inspection.who(), "COPY --chmod=755");
    }
    if (line.isEnv() && isBusybox(found.get()) && asksToSplit(found.get(), line)) {
      inspection.certain(
          "script \""
              + name
              + "\" wants \"env "
              + line.argument()
              + "\", but \""
              + interpreter
              + "\" is busybox, whose env has no such option",
          "name the interpreter itself in the first line, without env, or install coreutils");
      return;
    }
    execute(found.get(), interpreter, depth + 1);
    PythonLibrary.check(inspection, found.get(), interpreter, List.of(line.argument()));
    EnvCommand started =
        line.isEnv() ? line.startedByEnv(name, inspection.container().env()) : null;
    if (started != null) {
      Inspection changed = inspection.in(started.environment(), started.directory());
      new Execution(changed, checked).interpretByEnv(started.command().get(0), name, depth);
    }
  }

  private void interpretByEnv(String started, String script, int depth) {
    lookup
        .find(
            started,
            Seeker.PROGRAM,
            "script \"" + script + "\" wants \"" + started + "\", which",
            null)
        .ifPresent(
            program -> {
              execute(program, started, depth + 1);
              PythonLibrary.check(inspection, program, started, List.of());
            });
  }

  private boolean asksToSplit(Found busybox, ShebangLine line) {
    return line.argument().matches("-[a-zA-Z0-9]*S.*|--split-string.*")
        && files.isAtHand(busybox.file())
        && !BusyboxApplets.mentions(busybox.file(), "split-string");
  }

  private Optional<Found> interpreter(RegularFile script, String name, String interpreter) {
    Optional<Found> found = files.file(interpreter);
    if (found.isEmpty()) {
      return lookup.missing(
          interpreter,
          "script \"" + name + "\" wants the interpreter \"" + interpreter + "\", which is missing",
          script,
          null);
    }
    if (!files.identity().mayExecute(found.get().file().metadata())) {
      inspection.unexecutable("interpreter \"" + interpreter + "\"", found.get());
    }
    return found;
  }

  static boolean isBusybox(Found program) {
    return isNamedBusybox(program.path().nameText());
  }

  static boolean isNamedBusybox(String name) {
    return name.startsWith("busybox", name.lastIndexOf('/') + 1);
  }

  /**
   * @return whether busybox goes by that name
   */
  boolean checkApplet(Found busybox, String name) {
    if (name.startsWith("-")
        || isNamedBusybox(name)
        || !files.isAtHand(busybox.file())
        || !BusyboxApplets.lacks(busybox.file(), name.substring(name.lastIndexOf('/') + 1))) {
      return true;
    }
    if (checked.add(name)) {
      inspection.certain(
          "\"" + name + "\" is busybox, which has no applet of that name: applet not found", null);
    }
    return false;
  }
}
