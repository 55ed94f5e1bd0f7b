package dev.slipway.sandbox.process;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.SandboxException;
import java.io.IOException;

/** Where a step's program starts. */
public final class WorkingDirectory {
  private WorkingDirectory() {}

  /**
   * Enters it, from a thread whose root is the step's. No link of {@code /proc} is followed: it
   * could lead to a descriptor of this program's.
   */
  public static void enter(String path) throws IOException {
    int directory;
    try {
      directory =
          Descriptors.openResolved(
              Descriptors.WORKING_DIRECTORY,
              PathBytes.of(path),
              Descriptors.PATH | Descriptors.DIRECTORY,
              0,
              Descriptors.NO_MAGIC_LINKS);
    } catch (LinuxException e) {
      boolean link = e.errno() == Errno.ELOOP;
      throw new SandboxException(
          "cannot enter the working directory '"
              + path
              + "': "
              + (link ? "it leads through a link of /proc" : e.reason()),
          null,
          e);
    }
    try {
      Mounts.changeDirectory(directory);
    } finally {
      Descriptors.close(directory);
    }
  }
}
