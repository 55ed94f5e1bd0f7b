package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Deletes trees whatever their names, owners and modes; no link is followed. */
public final class TreeRemoval {
  private TreeRemoval() {}

  /** Deletes a directory and all below it; missing is fine. */
  public static void remove(Path directory) throws LinuxException {
    byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
    removeEntry(Descriptors.WORKING_DIRECTORY, path);
  }

  /** The same for anything by its name in an opened directory. */
  public static void removeEntry(int parent, byte[] name) throws LinuxException {
    try {
      FileStatus status = Inodes.find(parent, name);
      if (status == null) {
        return;
      }
      if (status.isDirectory()) {
        removeContents(parent, name);
      }
      Inodes.remove(parent, name, status.isDirectory());
    } catch (LinuxException e) {
      // somebody else removes it at the same time: a step's own folder, while all is cleaned up
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  private static void removeContents(int parent, byte[] name) throws LinuxException {
    int flags = Descriptors.READ | Descriptors.DIRECTORY | Descriptors.NO_FOLLOW;
    int opened = Descriptors.open(parent, name, flags, 0);
    try {
      for (byte[] child : Inodes.list(opened)) {
        removeEntry(opened, child);
      }
    } finally {
      Descriptors.close(opened);
    }
  }
}
