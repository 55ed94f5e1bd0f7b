package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.ProgramLookup.Seeker;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a command as a runtime, the kernel and shells do, up to its loader. */
final class ProgramCheck {
  private static final int MAX_SCRIPT = 1 << 16;
  private static final String SHELL = "/bin/sh";
  private static final int MAX_DEPTH = 16;

  private final Inspection inspection;
  private final ImageFiles files;
  private final ProgramLookup lookup;
  private final Execution execution;
  private final Set<TreePath> followed = new HashSet<>();
  private final int depth;

  ProgramCheck(Inspection inspection) {
    this(inspection, 0);
  }

  /**
   * @param depth how many environments and users lie around this one
   */
  private ProgramCheck(Inspection inspection, int depth) {
    this.depth = depth;
    this.inspection = inspection;
    this.files = inspection.programs();
    this.lookup = new ProgramLookup(inspection);
    this.execution = new Execution(inspection);
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
    execution.execute(found.get(), program);
    follow(command, found.get(), what);
  }

  /** Goes on with what the program is told to start. */
  private void follow(List<String> command, Found program, String what) {
    if (depth > MAX_DEPTH) {
      return;
    }
    DirectoryChange change = ShellCommand.change(command);
    if (change != null) {
      if (changes(change.directory(), command.get(0))) {
        List<String> rest = new ArrayList<>(command);
        rest.set(command.size() - 1, change.rest());
        changed(change).follow(rest, program, what);
      }
      return;
    }
    if (Launcher.isIdle(command)) {
      inspection.possible(
          what
              + " has \""
              + command.get(0)
              + "\" start nothing: it ends with a message on how it is used",
          List.of(),
          "name a program behind it; an ENTRYPOINT takes away the CMD of the base image");
    }
    Launcher launched = Launcher.of(command, inspection.container().env());
    if (launched != null) {
      followLaunched(launched, command.get(0), program, what);
    }
    if (Execution.isBusybox(program)
        && command.size() > 1
        && Execution.isNamedBusybox(command.get(0))) {
      execution.checkApplet(program, command.get(1));
    }
    ShellCommand.Started line = ShellCommand.started(command, inspection.container()::envValue);
    if (line != null && !(line.afterProfile() && files.entry("/etc/profile") != null)) {
      in(inspection.with(line.assignments())).followLine(line.command(), program, what);
    }
    LoaderCommand loaded = LoaderCommand.of(command, program, files);
    if (loaded != null) {
      String path = loaded.libraryPath();
      in(path == null ? inspection : inspection.with(List.of("LD_LIBRARY_PATH=" + path)))
          .followLoaded(loaded.command(), command.get(0), what);
    }
    LanguageCheck.check(inspection, lookup, command, program, what);
    followPackageScript(command, program, what);
    List<String> script = ShellCommand.script(command);
    if (script != null) {
      lookup
          .script(script.get(0), program, what)
          .ifPresent(found -> forward(found, program, script, what));
    } else {
      shellOf(program).ifPresent(shell -> forward(program, shell, command, what));
    }
  }

  /** The same in another environment, or as another user. */
  private ProgramCheck in(Inspection changed) {
    return changed == inspection ? this : new ProgramCheck(changed, depth + 1);
  }

  private ProgramCheck changed(DirectoryChange change) {
    return in(inspection.in(inspection.container().env(), change.directory()));
  }

  /** Tells where it is no directory. */
  private boolean changes(String directory, String by) {
    boolean there = isThere(directory);
    if (!there) {
      inspection.certain(
          "\"" + by + "\" cannot change to \"" + directory + "\", which is no directory", null);
    }
    return there;
  }

  private void followLaunched(Launcher launched, String by, Found launcher, String what) {
    Inspection changed = inspection;
    String directory = launched.directory();
    if (directory != null && !changes(directory, by)) {
      return;
    }
    Identity user = user(launched, by);
    if (user != null && launched.user() != null) {
      changed = changed.as(user, launched.user());
    }
    if (directory != null || !launched.environment().equals(inspection.container().env())) {
      changed = changed.in(launched.environment(), directory);
    }
    in(changed).followLaunched(by, launched.command(), launcher, what);
  }

  /** The shell finds the programs of the package's dependencies, too. */
  private void followPackageScript(List<String> command, Found manager, String what) {
    String name = PackageScript.name(command);
    if (name == null || inspection.isOfAVolume(".")) {
      return;
    }
    PackageScript script = PackageScript.find(inspection, command.get(0), name);
    // Newer versions of yarn have a shell of their own.
    if (script == null || command.get(0).endsWith("yarn") && files.file(SHELL).isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder("PATH=");
    for (TreePath at = script.directory(); !at.isRoot(); at = at.parent()) {
      path.append(at).append("/node_modules/.bin:");
    }
    path.append("/node_modules/.bin:").append(inspection.path());
    Inspection changed = inspection.with(List.of(path.toString()));
    in(changed.in(changed.container().env(), script.directory().toString()))
        .followScript(script.line(), name, what);
  }

  private void followScript(String line, String name, String what) {
    lookup
        .find(
            SHELL, Seeker.PROGRAM, "\"" + SHELL + "\", which script \"" + name + "\" wants,", null)
        .ifPresent(
            shell ->
                follow(List.of(SHELL, "-c", line), shell, what + " by script \"" + name + "\","));
  }

  private void followLoaded(List<String> command, String loader, String what) {
    String name = command.get(0);
    if (inspection.isOfAVolume(name)) {
      return;
    }
    Optional<Found> found =
        lookup.content(name, "\"" + name + "\", which " + what + " has \"" + loader + "\" load");
    if (found.isPresent()) {
      execution.load(found.get(), name, loader);
      follow(command, found.get(), what);
    }
  }

  /** A directory that runtimes make or mount something over is there when it counts. */
  private boolean isThere(String directory) {
    String path = files.absolute(directory).toString();
    return files.isDirectory(directory)
        || inspection.isOfAVolume(directory)
        || Inspection.mountAbove(path + "/") != null
        || files.absolute(inspection.container().workingDir()).startsWith(files.absolute(path));
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
      execution.executeFrom(launcher, by, started.get(), name);
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
      execution.executeFromShell(started.get(), name);
      follow(command, started.get(), what);
    }
  }

  /** Goes on with what a script starts with its arguments in the end. */
  private void forward(Found script, Found shell, List<String> command, String what) {
    if (!files.isAtHand(script.file()) || !followed.add(script.path())) {
      return;
    }
    String text =
        new String(ImageFiles.start(script.file(), MAX_SCRIPT), StandardCharsets.ISO_8859_1);
    String broken = ForeignLines.problem(text);
    if (broken != null) {
      ForeignLines.tell(inspection, script, broken);
      return;
    }
    DirectoryChange change = DirectoryChange.ofScript(text);
    List<String> started =
        text.length() == MAX_SCRIPT
            ? null
            : ForwardingScript.started(
                change == null ? text : change.rest(), command.subList(1, command.size()));
    if (started == null || ShellCommand.isOwn(started.get(0))) {
      return;
    }
    if (change == null) {
      startFromScript(started, shell, command.get(0), what);
    } else if (isThere(change.directory())) {
      changed(change).startFromScript(started, shell, command.get(0), what);
    } else if (change.ends() && !change.mayBeMade()) {
      changes(change.directory(), command.get(0));
    }
  }

  private void startFromScript(List<String> started, Found shell, String script, String what) {
    String name = started.get(0);
    if (isApplet(shell, name)) {
      follow(started, shell, what);
      return;
    }
    Optional<Found> found =
        lookup.find(
            name,
            Seeker.PROGRAM,
            "\"" + name + "\", which script \"" + script + "\" starts,",
            null);
    if (found.isPresent()) {
      execution.executeFromShell(found.get(), name);
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
    EnvCommand byEnv = line.isEnv() ? line.startedByEnv("", List.of()) : null;
    String started = byEnv == null ? line.interpreter() : byEnv.command().get(0);
    return !ShellCommand.isShell(started) ? Optional.empty() : files.file(line.interpreter());
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
}
