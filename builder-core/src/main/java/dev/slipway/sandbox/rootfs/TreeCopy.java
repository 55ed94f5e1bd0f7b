package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileId;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.SandboxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies a directory: files, links, hard links, nodes, owners, modes, times and the attributes that
 * the target takes.
 */
public final class TreeCopy {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_MAGIC_LINKS;
  private static final int BUFFER_SIZE = 128 << 10;
  private static final byte[] EMPTY = {};
  private static final String FILE = "file";

  private final TransferBuffer buffer;
  private final boolean keepsMarks;
  private final byte[] bytes = new byte[BUFFER_SIZE];
  private final Map<FileId, byte[]> linked = new HashMap<>();

  private TreeCopy(TransferBuffer buffer, boolean keepsMarks) {
    this.buffer = buffer;
    this.keepsMarks = keepsMarks;
  }

  /** One that leaves out the attributes by which an overlay's layers speak to each other. */
  static TreeCopy withoutMarks(TransferBuffer buffer) {
    return new TreeCopy(buffer, false);
  }

  /** Copies a directory's content and its own metadata to another directory. */
  public static void copy(Path from, Path target) throws LinuxException {
    int here = Descriptors.WORKING_DIRECTORY;
    byte[] source = PathBytes.of(from);
    byte[] place = PathBytes.of(target);
    int opened = Descriptors.openDirectory(here, place);
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      TreeCopy copy = new TreeCopy(buffer, true);
      copy.copyContents(Descriptors.openDirectory(here, source), here, place, opened, EMPTY);
      copy.copyMetadata(here, here, source, Inodes.status(here, source), place);
    } finally {
      Descriptors.close(opened);
    }
  }

  /**
   * Makes an empty directory one with the owner, the mode and the contents of {@code subpath}; or,
   * where that is a file, copies it into the directory.
   *
   * @return the copy
   */
  static Path copy(Path tree, String subpath, Path target) throws LinuxException {
    int here = Descriptors.WORKING_DIRECTORY;
    int root = Descriptors.open(here, PathBytes.of(tree), Descriptors.PATH, 0);
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      int opened = Descriptors.openDirectory(here, PathBytes.of(target));
      int copy = opened;
      try {
        int from = subpath.isEmpty() ? reopen(root) : openInside(root, subpath);
        FileStatus status = Inodes.status(from);
        Path made = status.isDirectory() ? target : target.resolve(FILE);
        TreeCopy copies = new TreeCopy(buffer, true);
        if (status.isDirectory()) {
          copies.copyContents(from, here, PathBytes.of(target), opened, EMPTY);
        } else {
          copies.copyOpened(from, opened, PathBytes.of(FILE));
          copy = Descriptors.open(here, PathBytes.of(made), Descriptors.NO_FOLLOW, 0);
        }
        Inodes.changeOwner(copy, status.uid(), status.gid());
        Inodes.changeMode(copy, status.permissions());
        return made;
      } finally {
        if (copy != opened) {
          Descriptors.close(copy);
        }
        Descriptors.close(opened);
      }
    } catch (LinuxException e) {
      throw new SandboxException(
          "cannot copy '" + subpath + "' into a cache mount: " + e.reason(), null, e);
    } finally {
      Descriptors.close(root);
    }
  }

  private static int openInside(int root, String path) throws LinuxException {
    byte[] below = PathBytes.of(path);
    // What the name means is asked first: opening a pipe would wait for a writer.
    int found = Descriptors.openResolved(root, below, Descriptors.PATH, 0, RESOLVE);
    try {
      return reopen(found);
    } finally {
      Descriptors.close(found);
    }
  }

  private static int reopen(int found) throws LinuxException {
    FileStatus status = Inodes.status(found);
    if (!status.isDirectory() && status.type() != FileStatus.REGULAR) {
      throw new LinuxException("copy what is neither a file nor a directory", Errno.EINVAL);
    }
    byte[] path = PathBytes.of("/proc/self/fd/" + found);
    return Descriptors.open(Descriptors.WORKING_DIRECTORY, path, Descriptors.READ, 0);
  }

  /**
   * Closes {@code from}.
   *
   * @param parent of the directory to copy to
   * @param name of that directory
   * @param root of all that is copied to
   * @param path of that directory below it
   */
  private void copyContents(int from, int parent, byte[] name, int root, byte[] path)
      throws LinuxException {
    try {
      int to = Descriptors.openDirectory(parent, name);
      try {
        for (byte[] each : Inodes.list(from)) {
          copyEntry(from, to, each, Inodes.status(from, each), root, PathBytes.join(path, each));
        }
      } finally {
        Descriptors.close(to);
      }
    } finally {
      Descriptors.close(from);
    }
  }

  /**
   * Copies one entry with all below it; a further name of a file copied before becomes a link.
   *
   * @param to an opened directory that has no such name
   * @param root of all that this object copies to
   * @param path of the copy below it
   */
  void copyEntry(int from, int to, byte[] name, FileStatus status, int root, byte[] path)
      throws LinuxException {
    boolean mayBeLinked = status.links() > 1 && !status.isDirectory() && !status.isWhiteout();
    byte[] original = mayBeLinked ? linked.putIfAbsent(status.id(), path) : null;
    if (status.isWhiteout()) {
      Whiteout.make(to, name);
    } else if (original != null) {
      Inodes.link(root, original, to, name);
    } else {
      make(from, to, name, status, root, path);
      copyMetadata(from, to, name, status, name);
    }
  }

  /** Owner first: the kernel clears setuid bits and capabilities when that changes. */
  void copyMetadata(int from, int to, byte[] name, FileStatus status, byte[] copy)
      throws LinuxException {
    Inodes.changeOwner(to, copy, status.uid(), status.gid());
    if (status.type() != FileStatus.SYMLINK) {
      Inodes.changeMode(to, copy, status.permissions());
    }
    byte[] source = PathBytes.below(from, name);
    for (String attribute : ExtendedAttributes.list(source)) {
      boolean wanted = keepsMarks || !Whiteout.isMark(attribute);
      byte[] value = wanted ? ExtendedAttributes.get(source, attribute) : null;
      if (value != null) {
        setAttribute(PathBytes.below(to, copy), attribute, value);
      }
    }
    Inodes.changeTime(to, copy, status.mtimeSeconds(), status.mtimeNanos());
  }

  private static void setAttribute(byte[] path, String attribute, byte[] value)
      throws LinuxException {
    try {
      ExtendedAttributes.set(path, attribute, value);
    } catch (LinuxException e) {
      if (e.errno() != Errno.EPERM && e.errno() != Errno.EOPNOTSUPP) {
        throw e;
      }
    }
  }

  private void make(int from, int to, byte[] name, FileStatus status, int root, byte[] path)
      throws LinuxException {
    switch (status.type()) {
      case FileStatus.DIRECTORY:
        Inodes.makeDirectory(to, name, 0700);
        copyContents(Descriptors.openDirectory(from, name), to, name, root, path);
        break;
      case FileStatus.SYMLINK:
        Inodes.makeSymlink(to, name, Inodes.readLink(from, name));
        break;
      case FileStatus.REGULAR:
        copyFile(from, to, name);
        break;
      default:
        Inodes.makeNode(to, name, status.mode(), status.rdevMajor(), status.rdevMinor());
    }
  }

  private void copyFile(int from, int to, byte[] name) throws LinuxException {
    copyOpened(Descriptors.open(from, name, Descriptors.READ | Descriptors.NO_FOLLOW, 0), to, name);
  }

  /** Closes {@code file}. */
  private void copyOpened(int file, int to, byte[] name) throws LinuxException {
    try {
      int flags = Descriptors.WRITE | Descriptors.CREATE | Descriptors.EXCLUSIVE;
      int copy = Descriptors.open(to, name, flags, 0600);
      try {
        int count;
        while ((count = buffer.read(file, bytes, 0, bytes.length)) > 0) {
          buffer.write(copy, bytes, 0, count);
        }
      } finally {
        Descriptors.close(copy);
      }
    } finally {
      Descriptors.close(file);
    }
  }
}
