package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.rootfs.Whiteout;
import dev.slipway.tree.TreePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The directories from a root down to where work is going on, each opened from the one above it
 * without following links: no path can lead out. What is near the last path stays open.
 */
final class OpenedPath implements AutoCloseable {
  private final List<byte[]> names = new ArrayList<>();
  private final List<Integer> descriptors = new ArrayList<>();

  OpenedPath(Path root) throws LinuxException {
    this(PathBytes.of(root));
  }

  private OpenedPath(byte[] root) throws LinuxException {
    descriptors.add(Descriptors.openDirectory(Descriptors.WORKING_DIRECTORY, root));
  }

  /** A descriptor of the directory that holds {@code path}; directories that miss are made. */
  int parentOf(TreePath path) throws LinuxException {
    List<byte[]> components = path.components();
    int depth = components.size() - 1;
    int shared = 0;
    while (shared < depth
        && shared < names.size()
        && Arrays.equals(names.get(shared), components.get(shared))) {
      shared++;
    }
    leave(shared);
    for (int i = shared; i < depth; i++) {
      enter(components.get(i));
    }
    return descriptors.get(depth < 0 ? 0 : depth);
  }

  int root() {
    return descriptors.get(0);
  }

  /** Another one from the same root. */
  OpenedPath reopen() throws LinuxException {
    return new OpenedPath(PathBytes.of("/proc/self/fd/" + root() + "/."));
  }

  private void enter(byte[] name) throws LinuxException {
    int parent = descriptors.get(descriptors.size() - 1);
    int opened;
    try {
      opened = Descriptors.openDirectory(parent, name);
    } catch (LinuxException e) {
      boolean replaceable = e.errno() == Errno.ENOENT || isWhiteout(parent, name);
      if (!replaceable) {
        throw e;
      }
      if (e.errno() != Errno.ENOENT) {
        Inodes.remove(parent, name, false);
      }
      Inodes.makeDirectory(parent, name, 0755);
      opened = Descriptors.openDirectory(parent, name);
      Inodes.changeMode(opened, 0755);
    }
    descriptors.add(opened);
    names.add(name);
  }

  private static boolean isWhiteout(int parent, byte[] name) throws LinuxException {
    FileStatus status = Inodes.find(parent, name);
    return status != null && Whiteout.is(parent, name, status);
  }

  private void leave(int depth) {
    while (names.size() > depth) {
      names.remove(names.size() - 1);
      Descriptors.close(descriptors.remove(descriptors.size() - 1));
    }
  }

  @Override
  public void close() {
    leave(0);
    Descriptors.close(root());
  }
}
