package dev.slipway.sandbox.process;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.rootfs.StepProgramLookup;

/** Starts a step's program, from a thread that sees and may do what the program will. */
public final class ProgramStart {
  private final ProcessSpec process;
  private final Attempt attempt;

  /** Executes a program, in a process of its own or in place of this one. */
  @FunctionalInterface
  public interface Attempt {
    /** Its process id. */
    int execute(Program program) throws LinuxException;
  }

  /**
   * @param attempt made for each place where the program may be, until one succeeds
   */
  public ProgramStart(ProcessSpec process, Attempt attempt) {
    this.process = process;
    this.attempt = attempt;
  }

  /**
   * Its process id.
   *
   * @throws SandboxException where it is nowhere, or cannot be executed
   */
  public int start() {
    String program = process.argv().get(0);
    if (program.contains("/")) {
      try {
        return startAt(program);
      } catch (LinuxException e) {
        throw failure(program, e);
      }
    }
    LinuxException refused = null;
    String path = process.variable("PATH");
    for (String directory : path == null ? new String[0] : path.split(":", -1)) {
      String candidate = (directory.isEmpty() ? "." : directory) + "/" + program;
      try {
        return startAt(candidate);
      } catch (LinuxException e) {
        if (e.errno() == Errno.EACCES) {
          refused = e;
        } else if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
          throw failure(candidate, e);
        }
      }
    }
    if (refused != null) {
      throw failure(program, refused);
    }
    throw StepProgramLookup.notFound(program, path);
  }

  private int startAt(String program) throws LinuxException {
    byte[] path = PathBytes.of(program);
    try {
      return attempt.execute(Program.of(program, process.argv(), process.environment()));
    } catch (LinuxException e) {
      boolean missing = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
      if (missing && Inodes.find(Descriptors.WORKING_DIRECTORY, path) == null) {
        if (!process.argv().get(0).contains("/")) {
          throw e;
        }
        throw new SandboxException("'" + program + "' not found in the root filesystem", null, e);
      }
      if (missing) {
        throw interpreterMissing(program, e);
      }
      throw e;
    }
  }

  private static SandboxException interpreterMissing(String program, LinuxException e) {
    return new SandboxException(
        "cannot execute '" + program + "': the interpreter or loader that it names is missing",
        "a script needs the program of its first line, a dynamically linked program its loader"
            + " (as /lib64/ld-linux-x86-64.so.2) in the image",
        e);
  }

  private static SandboxException failure(String program, LinuxException e) {
    String hint =
        e.errno() == Errno.EACCES
            ? "it must be executable for the step's user: chmod +x it, or copy it with --chmod=755"
            : e.errno() == Errno.ENOEXEC
                ? "it is no program for this machine, and no script that starts with '#!'"
                : null;
    return new SandboxException("cannot execute '" + program + "': " + e.reason(), hint, e);
  }
}
