package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox.Streams;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.rootfs.ProgramLookup;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Starts a step's program, from a thread that sees and may do what the program will. */
final class ProgramStart {
  private final ProcessSpec process;
  private final @Nullable LimitedStart limits;

  /**
   * @param limits holds the program back until its limits are set, or null where none are asked for
   */
  ProgramStart(ProcessSpec process, @Nullable LimitedStart limits) {
    this.process = process;
    this.limits = limits;
  }

  /** Its process id. */
  int start(Streams streams) {
    String program = process.argv().get(0);
    if (program.contains("/")) {
      try {
        return startAt(program, streams);
      } catch (LinuxException e) {
        throw failure(program, e);
      }
    }
    LinuxException refused = null;
    String path = process.variable("PATH");
    for (String directory : path == null ? new String[0] : path.split(":", -1)) {
      String candidate = (directory.isEmpty() ? "." : directory) + "/" + program;
      try {
        return startAt(candidate, streams);
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
    throw ProgramLookup.notFound(program, path);
  }

  private int startAt(String program, Streams streams) throws LinuxException {
    byte[] path = program.getBytes(StandardCharsets.UTF_8);
    try {
      return spawn(Program.of(program, process.argv(), process.environment()), streams);
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

  private int spawn(Program program, Streams streams) throws LinuxException {
    LimitedStart held = limits;
    return held == null
        ? Processes.spawn(program, -1, streams.output(), streams.error())
        : held.spawn(program, streams);
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
