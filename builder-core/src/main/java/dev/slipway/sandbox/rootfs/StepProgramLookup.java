package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a step's program and working directory in its root before a driver is started whose own
 * errors would be taken for the step's.
 */
public final class StepProgramLookup {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_MAGIC_LINKS;
  private static final int ANY_EXECUTE = 0111;

  private StepProgramLookup() {}

  /**
   * @throws SandboxException if either cannot be used
   */
  public static void check(PreparedRoot root, ProcessSpec process) throws IOException {
    int opened = Descriptors.openPlace(root.path());
    try {
      String directory = process.workingDirectory();
      FileStatus status = find(opened, directory);
      if (status == null || !status.isDirectory()) {
        throw new SandboxException(
            "cannot enter the working directory '" + directory + "': no such directory");
      }
      checkProgram(opened, process);
    } finally {
      Descriptors.close(opened);
    }
  }

  private static void checkProgram(int root, ProcessSpec process) throws IOException {
    String program = process.argv().get(0);
    if (program.contains("/")) {
      String path = program.startsWith("/") ? program : process.workingDirectory() + "/" + program;
      FileStatus status = find(root, path);
      if (status == null) {
        throw new SandboxException("'" + program + "' not found in the root filesystem");
      }
      if (!isProgram(status)) {
        throw notExecutable(program);
      }
      return;
    }
    String path = process.variable("PATH");
    boolean refused = false;
    for (String directory : path == null ? new String[0] : path.split(":", -1)) {
      FileStatus status = find(root, directory + "/" + program);
      if (status != null && isProgram(status)) {
        return;
      }
      refused |= status != null && !status.isDirectory();
    }
    throw refused ? notExecutable(program) : notFound(program, path);
  }

  /** For a program that is in no directory of the step's {@code PATH}. */
  public static SandboxException notFound(String program, @Nullable String path) {
    return new SandboxException(
        "'" + program + "' not found in PATH " + (path == null ? "(not set)" : "'" + path + "'"),
        "the program must be in the image: install it in an earlier step, or give its full path");
  }

  private static SandboxException notExecutable(String program) {
    return new SandboxException(
        "cannot execute '" + program + "': permission denied",
        "it must be executable for the step's user: chmod +x it, or copy it with --chmod=755");
  }

  private static boolean isProgram(FileStatus status) {
    return status.type() == FileStatus.REGULAR && (status.mode() & ANY_EXECUTE) != 0;
  }

  private static @Nullable FileStatus find(int root, String path) throws IOException {
    int found;
    try {
      found = Descriptors.openResolved(root, PathBytes.of(path), Descriptors.PATH, 0, RESOLVE);
    } catch (LinuxException e) {
      return null;
    }
    try {
      return Inodes.status(found);
    } finally {
      Descriptors.close(found);
    }
  }
}
