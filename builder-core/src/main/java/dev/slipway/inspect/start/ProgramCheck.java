package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.inspect.start.StartCheck.Environment;
import dev.slipway.oci.Platform;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.RegularFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a command as a runtime, the kernel and shells do, up to its loader. */
final class ProgramCheck {
  private static final int MAX_INTERPRETERS = 5;

  private final Platform platform;
  private final FileTreeBuilder tree;
  private final ImageFiles files;
  private final Environment environment;
  private final Repairs repairs;
  private final List<StartFinding> findings;
  private final Set<String> checked = new HashSet<>();

  ProgramCheck(
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

  /**
   * @param what names the instruction in messages
   */
  void check(List<String> command, String what) {
    String program = command.get(0);
    Optional<Found> found = find(program, what + " \"" + program + "\"");
    if (found.isEmpty()) {
      return;
    }
    execute(found.get(), program, 0);
    String inner = ShellCommand.program(command);
    if (inner != null) {
      find(inner, what + " \"" + inner + "\"")
          .ifPresent(started -> executeFromShell(started, inner));
    }
  }

  /** The file that a name means; tells if there is none that can be executed. */
  private Optional<Found> find(String name, String what) {
    if (name.isEmpty()) {
      findings.add(StartFinding.certain(what + " names no program", null));
      return Optional.empty();
    }
    if (name.indexOf('/') >= 0) {
      return at(name, what);
    }
    for (String directory : environment.path().split(":", -1)) {
      String path = (directory.isEmpty() ? "." : directory) + "/" + name;
      Optional<Found> found = files.file(path);
      if (found.isPresent() && files.identity().mayExecute(found.get().file().metadata())) {
        return found;
      }
    }
    for (String directory : environment.path().split(":", -1)) {
      Optional<Found> repaired = repair(directory + "/" + name, what + " is not in PATH", null);
      if (repaired.isPresent()) {
        return repaired;
      }
    }
    findings.add(
        StartFinding.certain(
            what + " is in none of the directories of PATH", "PATH is " + environment.path()));
    return Optional.empty();
  }

  private Optional<Found> at(String path, String what) {
    Optional<Found> found = files.file(path);
    if (found.isEmpty()) {
      Entry entry = files.entry(path);
      if (entry instanceof Directory) {
        findings.add(StartFinding.certain(what + " is a directory", null));
        return Optional.empty();
      }
      String problem =
          what + (entry == null ? " does not exist in the image" : " cannot be reached by USER");
      Optional<Found> repaired = entry == null ? repair(path, problem, null) : Optional.empty();
      if (repaired.isEmpty()) {
        findings.add(StartFinding.certain(problem, null));
      }
      return repaired;
    }
    if (!files.identity().mayExecute(found.get().file().metadata())) {
      findings.add(
          StartFinding.certain(
              what + " is not executable" + (files.identity().uid() == 0 ? "" : " for USER"),
              "COPY --chmod=755, or chmod +x it where it is made"));
    }
    return found;
  }

  /** Takes a missing file from a stage, and tells; goes on as if it had been copied. */
  private Optional<Found> repair(String path, String problem, @Nullable RegularFile program) {
    String absolute = files.absolute(path).toString();
    Optional<Repairs.Copy> copy = repairs.find(absolute, program);
    if (copy.isEmpty()) {
      return Optional.empty();
    }
    Repairs.Lines lines = new Repairs.Lines();
    lines.add(copy.get(), absolute);
    findings.add(new StartFinding(true, problem, lines.lines(), null));
    tree.put(files.absolute(path), copy.get().file());
    return files.file(absolute);
  }

  /** A shell runs a file without a first line for an interpreter itself. */
  private void executeFromShell(Found found, String name) {
    if (!files.isAtHand(found.file())) {
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    if (ElfFile.isElf(start) || ShebangLine.read(start) != null) {
      execute(found, name, 0);
    }
  }

  private void execute(Found found, String name, int depth) {
    if (!checked.add(found.path().toString()) || !files.isAtHand(found.file())) {
      return;
    }
    byte[] start = ImageFiles.start(found.file(), ShebangLine.LENGTH);
    if (ElfFile.isElf(start)) {
      new ElfCheck(platform, tree, files, environment, repairs, findings).check(found, name);
      return;
    }
    ShebangLine line = ShebangLine.read(start);
    if (line == null) {
      findings.add(
          StartFinding.certain(
              "\"" + name + "\" is neither an ELF program nor a script with #!: exec format error",
              "begin the script with #!/bin/sh, or name its shell in ENTRYPOINT"));
    } else if (depth >= MAX_INTERPRETERS) {
      findings.add(StartFinding.certain("\"" + name + "\" has too many interpreters", null));
    } else {
      interpret(found, name, line, depth);
    }
  }

  private void interpret(Found script, String name, ShebangLine line, int depth) {
    String interpreter = line.interpreter();
    if (interpreter.endsWith("\r") || line.argument().endsWith("\r")) {
      findings.add(
          StartFinding.certain(
              "script \"" + name + "\" has Windows line ends: its interpreter is not found",
              "convert it with dos2unix, or check it out with eol=lf"));
      return;
    }
    String problem =
        "script \"" + name + "\" wants the interpreter \"" + interpreter + "\", which is missing";
    Optional<Found> found = files.file(interpreter);
    if (found.isEmpty()) {
      found = repair(interpreter, problem, script.file());
      if (found.isEmpty()) {
        findings.add(StartFinding.certain(problem, null));
        return;
      }
    } else if (!files.identity().mayExecute(found.get().file().metadata())) {
      findings.add(
          StartFinding.certain("interpreter \"" + interpreter + "\" is not executable", null));
    }
    if (!files.identity().mayRead(script.file().metadata())) {
      findings.add(StartFinding.certain("script \"" + name + "\" is not readable for USER", null));
    }
    execute(found.get(), interpreter, depth + 1);
    String started = line.isEnv() ? line.startedByEnv() : null;
    if (started != null) {
      find(started, "script \"" + name + "\" wants \"" + started + "\", which")
          .ifPresent(program -> execute(program, started, depth + 1));
    }
  }
}
