package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import java.nio.file.Path;

/**
 * Deletes trees whatever their names, owners, modes and depth; no link is followed. What lies deep
 * is moved up first: descriptors and stack are finite, and a step may nest as deep as it likes.
 */
public final class TreeRemoval {
  private static final int MOST_LEVELS = 32;
  private static final byte[] SELF = {'.'};

  private final int top;
  private int moved;

  private TreeRemoval(int top) {
    this.top = top;
  }

  /** Deletes a directory and all below it; missing is fine. */
  public static void remove(Path directory) throws LinuxException {
    removeEntry(Descriptors.WORKING_DIRECTORY, PathBytes.of(directory));
  }

  /** The same for anything by its name in an opened directory. */
  public static void removeEntry(int parent, byte[] name) throws LinuxException {
    try {
      FileStatus status = Inodes.find(parent, name);
      if (status == null) {
        return;
      }
      if (status.isDirectory()) {
        int opened = Descriptors.openDirectory(parent, name);
        try {
          new TreeRemoval(opened).removeContents();
        } finally {
          Descriptors.close(opened);
        }
      }
      Inodes.remove(parent, name, status.isDirectory());
    } catch (LinuxException e) {
      throwUnlessGone(e);
    }
  }

  private void removeContents() throws LinuxException {
    int before;
    do {
      before = moved;
      int again = Descriptors.openDirectory(top, SELF); // a descriptor lists its directory once
      try {
        removeContents(again, 1);
      } finally {
        Descriptors.close(again);
      }
    } while (moved > before);
  }

  private void removeContents(int directory, int level) throws LinuxException {
    for (byte[] child : Inodes.list(directory)) {
      try {
        remove(directory, child, level);
      } catch (LinuxException e) {
        throwUnlessGone(e);
      }
    }
  }

  private void remove(int directory, byte[] name, int level) throws LinuxException {
    boolean isDirectory = Inodes.status(directory, name).isDirectory();
    if (isDirectory && level == MOST_LEVELS) {
      Inodes.rename(directory, name, top, newName());
      return;
    }
    if (isDirectory) {
      int opened = Descriptors.openDirectory(directory, name);
      try {
        removeContents(opened, level + 1);
      } finally {
        Descriptors.close(opened);
      }
    }
    Inodes.remove(directory, name, isDirectory);
  }

  private byte[] newName() throws LinuxException {
    byte[] name;
    do {
      name = PathBytes.of(".slipway-deep-" + moved++);
    } while (Inodes.find(top, name) != null);
    return name;
  }

  /** Somebody else may remove it at the same time: a step's own folder, while all is cleaned up. */
  private static void throwUnlessGone(LinuxException e) throws LinuxException {
    if (e.errno() != Errno.ENOENT) {
      throw e;
    }
  }
}
