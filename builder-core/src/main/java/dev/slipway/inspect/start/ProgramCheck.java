package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.ProgramLookup.Seeker;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a command as a runtime, the kernel and shells do, up to its loader. */
final class ProgramCheck {
  private static final int MAX_INTERPRETERS = 5;
  private static final String SHELL = "/bin/sh";
  private static final int MAX_SCRIPT = 1 << 16;

  private final Inspection inspection;
  private final ImageFiles files;
  private final ProgramLookup lookup;
  private final Set<String> checked = new HashSet<>();
  private final Set<TreePath> followed = new HashSet<>();

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
    String line = command.get(command.size() - 1);
    if (shellForm && ShellCommand.isBrokenArray(line)) {
      inspection.certain(
          what + " " + line + " is no JSON array, so that a shell looks for a program of that name",
          "write it with double quotes and a comma between them: "
              + what
              + " [\"program\", \"argument\"]");
      return;
    }
    String advice = shellForm ? ShellCommand.execForm(what, line) : null;
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
      Identity user = user(launched, command.get(0));
      ProgramCheck checks =
          user == null || launched.user() == null
              ? this
              : new ProgramCheck(inspection.as(user, launched.user()));
      checks.followLaunched(command.get(0), launched.command(), program, what);
    }
    if (isBusybox(program) && command.size() > 1 && isNamedBusybox(command.get(0))) {
      checkApplet(program, command.get(1));
    }
    List<String> line = ShellCommand.started(command, inspection.container()::envValue);
    if (line != null) {
      followLine(line, program, what);
    }
    PythonLibrary.check(inspection, program, command.get(0), command.subList(1, command.size()));
    String file = InterpretedFile.of(command);
    if (file != null && !isOfAVolume(file)) {
      lookup.content(file, what + " runs \"" + file + "\"");
    }
    List<String> script = ShellCommand.script(command);
    if (script != null) {
      lookup
          .script(script.get(0), program, what)
          .ifPresent(found -> forward(found, program, script, what));
    } else {
      shellOf(program).ifPresent(shell -> forward(program, shell, command, what));
    }
  }

  private void followLaunched(String by, List<String> command, Found launcher, String what) {
    String name = command.get(0);
    if (isApplet(launcher, name)) {
      follow(command, launcher, what);
      return;
    }
    Optional<Found> started =
        lookup.find(name, Seeker.PROGRAM, "\"" + name + "\", which " + what + " starts,", null);
    if (started.isPresent()) {
      executeFrom(launcher, by, started.get(), name);
      follow(command, started.get(), what);
    }
  }

  private void followLine(List<String> command, Found shell, String what) {
    String name = command.get(0);
    if (isApplet(shell, name)) {
      follow(command, shell, what);
      return;
    }
    Optional<Found> started = lookup.find(name, Seeker.PROGRAM, what + " \"" + name + "\"", null);
    if (started.isPresent()) {
      executeFromShell(started.get(), name);
      follow(command, started.get(), what);
    }
  }

  /** What is put there comes from elsewhere. */
  private boolean isOfAVolume(String file) {
    TreePath path = files.absolute(file);
    for (String volume : inspection.container().volumes()) {
      if (path.startsWith(files.absolute(volume))) {
        return true;
      }
    }
    return false;
  }

  /** Goes on with what a script starts with its arguments in the end. */
  private void forward(Found script, Found shell, List<String> command, String what) {
    if (!files.isAtHand(script.file()) || !followed.add(script.path())) {
      return;
    }
    String text =
        new String(ImageFiles.start(script.file(), MAX_SCRIPT), StandardCharsets.ISO_8859_1);
    List<String> started =
        text.length() == MAX_SCRIPT
            ? null
            : ForwardingScript.started(text, command.subList(1, command.size()));
    if (started == null || ShellCommand.isOwn(started.get(0))) {
      return;
    }
    String name = started.get(0);
    if (isApplet(shell, name)) {
      follow(started, shell, what);
      return;
    }
    Optional<Found> found =
        lookup.find(
            name,
            Seeker.PROGRAM,
            "\"" + name + "\", which script \"" + command.get(0) + "\" starts,",
            null);
    if (found.isPresent()) {
      executeFromShell(found.get(), name);
      follow(started, found.get(), what);
    }
  }

  /** The shell that a script is for; empty for what is no script of a shell. */
  private Optional<Found> shellOf(Found script) {
    if (!files.isAtHand(script.file())) {
      return Optional.empty();
    }
    ShebangLine line = ShebangLine.read(ImageFiles.start(script.file(), ShebangLine.LENGTH));
    if (line == null) {
      return Optional.empty();
    }
    String started = line.isEnv() ? line.startedByEnv("") : line.interpreter();
    return started == null || !ShellCommand.isShell(started)
        ? Optional.empty()
        : files.file(line.interpreter());
  }

  private static boolean isBusybox(Found program) {
    return isNamedBusybox(program.path().nameText());
  }

  private static boolean isNamedBusybox(String name) {
    return name.startsWith("busybox", name.lastIndexOf('/') + 1);
  }

  /**
   * @return whether busybox goes by that name
   */
  private boolean checkApplet(Found busybox, String name) {
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

  /** busybox's shell starts its applets whether there are links for them or not. */
  private boolean isApplet(Found shell, String name) {
    return name.indexOf('/') < 0
        && shell.path().toString().contains("busybox")
        && (!files.isAtHand(shell.file()) || BusyboxApplets.has(shell.file(), name));
  }

  /** As whom the command is started; null for whoever starts it, or where that is not known. */
  private @Nullable Identity user(Launcher launched, String by) {
    String user = launched.user();
    if (user == null || user.indexOf('$') >= 0) {
      return null;
    }
    UserLookup.Answer answer = new UserLookup(inspection.libraries()).identity(user);
    if (answer.problem() != null) {
      inspection.certain(
          "\"" + by + "\" cannot become \"" + user + "\": " + answer.problem(),
          "make the user in the last stage, or name it by number");
    }
    return answer.identity();
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

  /** execvp(3) of glibc hands to a shell what the kernel does not know; that of musl does not. */
  private void executeFrom(Found launcher, String by, Found found, String name) {
    if (!files.isAtHand(found.file()) || !Launcher.asksShell(by)) {
      execute(found, name, 0);
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    ElfFile elf = files.isAtHand(launcher.file()) ? ImageFiles.elf(launcher.file()) : null;
    String loader = elf == null ? null : elf.interpreter();
    if (ElfFile.isElf(start)
        || ShebangLine.read(start) != null
        || loader != null && loader.contains("ld-musl-")) {
      execute(found, name, 0);
      return;
    }
    lookup
        .find(SHELL, Seeker.PROGRAM, "\"" + name + "\" has no #!, so that \"" + SHELL + "\"", null)
        .ifPresent(shell -> execute(shell, SHELL, 0));
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
      inspection.certain(
          "script \""
              + name
              + "\" has Windows line ends: "
              + (line.argument().isEmpty() || line.isEnv()
                  ? "its interpreter is not found"
                  : "its interpreter does not understand the end of its first line"),
          "RUN sed -i 's/\\r$//' "
              + script.path()
              + ", or have git check it out with eol=lf (.gitattributes)");
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
    String started = line.isEnv() ? line.startedByEnv(name) : null;
    if (started != null) {
      lookup
          .find(
              started,
              Seeker.PROGRAM,
              "script \"" + name + "\" wants \"" + started + "\", which",
              null)
          .ifPresent(
              program -> {
                execute(program, started, depth + 1);
                PythonLibrary.check(inspection, program, started, List.of());
              });
    }
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
}
