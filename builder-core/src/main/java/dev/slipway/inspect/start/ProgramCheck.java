package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.ProgramLookup.Seeker;
import dev.slipway.tree.RegularFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a command as a runtime, the kernel and shells do, up to its loader. */
final class ProgramCheck {
  private static final int MAX_INTERPRETERS = 5;

  private final Inspection inspection;
  private final ImageFiles files;
  private final ProgramLookup lookup;
  private final Set<String> checked = new HashSet<>();

  ProgramCheck(Inspection inspection) {
    this.inspection = inspection;
    this.files = inspection.programs();
    this.lookup = new ProgramLookup(inspection);
  }

  /**
   * @param what names the instruction in messages
   * @param shell the shell that the instruction did not name, or empty
   */
  void check(List<String> command, String what, List<String> shell) {
    String program = command.get(0);
    boolean shellForm = command.size() == shell.size() + 1 && startsWith(command, shell);
    String advice = shellForm ? ShellCommand.execForm(what, command.get(command.size() - 1)) : null;
    Optional<Found> found =
        lookup.find(program, Seeker.RUNTIME, what + " \"" + program + "\"", advice);
    if (found.isEmpty()) {
      inspection.needs().program(program);
      return;
    }
    execute(found.get(), program, 0);
    follow(command, found.get(), what);
  }

  /** Goes on with what the program is told to start. */
  private void follow(List<String> command, Found program, String what) {
    Launcher launched = Launcher.of(command);
    if (launched != null) {
      checkUser(launched, command.get(0));
      String name = launched.command().get(0);
      Optional<Found> started =
          lookup.find(name, Seeker.PROGRAM, "\"" + name + "\", which " + what + " starts,", null);
      if (started.isPresent()) {
        execute(started.get(), name, 0);
        follow(launched.command(), started.get(), what);
      }
    }
    String inner = ShellCommand.program(command);
    if (inner != null && !isApplet(program, inner)) {
      lookup
          .find(inner, Seeker.PROGRAM, what + " \"" + inner + "\"", null)
          .ifPresent(started -> executeFromShell(started, inner));
    }
  }

  /** busybox's shell starts its applets whether there are links for them or not. */
  private boolean isApplet(Found shell, String name) {
    return name.indexOf('/') < 0
        && shell.path().toString().contains("busybox")
        && (!files.isAtHand(shell.file()) || BusyboxApplets.has(shell.file(), name));
  }

  private void checkUser(Launcher launched, String by) {
    String user = launched.user();
    if (user == null || user.indexOf('$') >= 0) {
      return;
    }
    String problem = new UserLookup(inspection.libraries()).identity(user).problem();
    if (problem != null) {
      inspection.certain("\"" + by + "\" cannot become \"" + user + "\": " + problem, null);
    }
  }

  private static boolean startsWith(List<String> command, List<String> shell) {
    return !shell.isEmpty() && command.subList(0, shell.size()).equals(shell);
  }

  /** A shell runs a file without a first line for an interpreter itself. */
  private void executeFromShell(Found found, String name) {
    if (!files.isAtHand(found.file())) {
      inspection.needs().unknown();
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    if (ElfFile.isElf(start) || ShebangLine.read(start) != null) {
      execute(found, name, 0);
    }
  }

  private void execute(Found found, String name, int depth) {
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
      inspection.certain(
          "script \""
              + name
              + "\" has Windows line ends: "
              + (line.argument().isEmpty() || line.isEnv()
                  ? "its interpreter is not found"
                  : "its interpreter does not understand the end of its first line"),
          "convert it with dos2unix, or check it out with eol=lf");
      return;
    }
    Optional<Found> found = interpreter(script.file(), name, interpreter);
    if (found.isEmpty()) {
      inspection.needs().program(interpreter);
      return;
    }
    if (!files.identity().mayRead(script.file().metadata())) {
      inspection.certain("script \"" + name + "\" is not readable for USER", null);
    }
    execute(found.get(), interpreter, depth + 1);
    String started = line.isEnv() ? line.startedByEnv(name) : null;
    if (started != null) {
      lookup
          .find(
              started,
              Seeker.PROGRAM,
              "script \"" + name + "\" wants \"" + started + "\", which",
              null)
          .ifPresent(program -> execute(program, started, depth + 1));
    }
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
}
