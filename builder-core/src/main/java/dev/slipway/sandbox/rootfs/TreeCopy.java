package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.SandboxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Copies a directory of a mounted tree: files, links, owners, modes and times. */
final class TreeCopy {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_MAGIC_LINKS;
  private static final int BUFFER_SIZE = 128 << 10;

  private final TransferBuffer buffer;
  private final byte[] bytes = new byte[BUFFER_SIZE];

  private TreeCopy(TransferBuffer buffer) {
    this.buffer = buffer;
  }

  /** Copies what is below {@code subpath} of {@code tree} into a directory. */
  static void copy(Path tree, String subpath, Path target) throws LinuxException {
    int root = open(Descriptors.WORKING_DIRECTORY, path(tree), Descriptors.DIRECTORY);
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      String below = subpath.isEmpty() ? "/" : subpath;
      int flags = Descriptors.READ | Descriptors.DIRECTORY;
      int from =
          Descriptors.openResolved(root, below.getBytes(StandardCharsets.UTF_8), flags, 0, RESOLVE);
      int to = open(Descriptors.WORKING_DIRECTORY, path(target), Descriptors.DIRECTORY);
      new TreeCopy(buffer).copyContents(from, to);
    } catch (LinuxException e) {
      throw new SandboxException("cannot copy '" + subpath + "' into a cache mount", null, e);
    } finally {
      Descriptors.close(root);
    }
  }

  /** Closes both. */
  private void copyContents(int from, int to) throws LinuxException {
    try {
      for (byte[] name : Inodes.list(from)) {
        FileStatus status = Inodes.status(from, name);
        make(from, to, name, status);
        Inodes.changeOwner(to, name, status.uid(), status.gid());
        if (status.type() != FileStatus.SYMLINK) {
          Inodes.changeMode(to, name, status.permissions());
        }
        Inodes.changeTime(to, name, status.mtimeSeconds(), status.mtimeNanos());
      }
    } finally {
      Descriptors.close(from);
      Descriptors.close(to);
    }
  }

  private void make(int from, int to, byte[] name, FileStatus status) throws LinuxException {
    switch (status.type()) {
      case FileStatus.DIRECTORY:
        Inodes.makeDirectory(to, name, 0700);
        copyContents(
            open(from, name, Descriptors.DIRECTORY), open(to, name, Descriptors.DIRECTORY));
        break;
      case FileStatus.SYMLINK:
        Inodes.makeSymlink(to, name, Inodes.readLink(from, name));
        break;
      case FileStatus.REGULAR:
        copyFile(open(from, name, 0), to, name);
        break;
      default:
        Inodes.makeNode(to, name, status.mode(), status.rdevMajor(), status.rdevMinor());
    }
  }

  private void copyFile(int from, int to, byte[] name) throws LinuxException {
    try {
      int flags = Descriptors.WRITE | Descriptors.CREATE | Descriptors.EXCLUSIVE;
      int copy = Descriptors.open(to, name, flags, 0600);
      try {
        int count;
        while ((count = buffer.read(from, bytes, 0, bytes.length)) > 0) {
          buffer.write(copy, bytes, 0, count);
        }
      } finally {
        Descriptors.close(copy);
      }
    } finally {
      Descriptors.close(from);
    }
  }

  private static int open(int directory, byte[] name, int flags) throws LinuxException {
    return Descriptors.open(directory, name, flags | Descriptors.NO_FOLLOW, 0);
  }

  private static byte[] path(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }
}
