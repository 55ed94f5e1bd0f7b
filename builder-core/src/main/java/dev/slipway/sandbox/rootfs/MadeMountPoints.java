package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.rootfs.StepRoot.MadeMountPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was made in an upper directory only to be mounted on. */
final class MadeMountPoints {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_LINKS;

  private final List<MadeMountPoint> points = new ArrayList<>();

  /** Parents first. */
  List<MadeMountPoint> points() {
    return points;
  }

  /**
   * A step may rename them, so that only the inode tells them from what the step made.
   *
   * @param paths relative to the root, parents first
   */
  void remember(Path upper, List<byte[]> paths) throws LinuxException {
    int opened = Descriptors.openPlace(upper);
    try {
      for (byte[] path : paths) {
        int parent = openParent(opened, path);
        if (parent >= 0) { // else it was made in another mount
          try {
            FileStatus status = Inodes.find(parent, name(path));
            if (status != null) {
              points.add(new MadeMountPoint(path, status.inode()));
            }
          } finally {
            Descriptors.close(parent);
          }
        }
      }
    } finally {
      Descriptors.close(opened);
    }
  }

  /**
   * Removes those that are where they were made and hold nothing: the steps to come stand on this
   * directory and shall not see what no layer tells. To be called when the step has ended.
   */
  void remove(Path upper) throws LinuxException {
    int opened = Descriptors.openPlace(upper);
    try {
      for (int i = points.size() - 1; i >= 0; i--) {
        int parent = openParent(opened, points.get(i).path());
        if (parent >= 0) {
          try {
            remove(parent, points.get(i));
          } finally {
            Descriptors.close(parent);
          }
        }
      }
    } finally {
      Descriptors.close(opened);
    }
  }

  /** The parent keeps its time, as it did when the mount point was made. */
  private static void remove(int parent, MadeMountPoint point) throws LinuxException {
    byte[] name = name(point.path());
    FileStatus status = Inodes.find(parent, name);
    if (status == null || status.inode() != point.inode()) {
      return;
    }
    FileStatus before = Inodes.status(parent);
    try {
      Inodes.remove(parent, name, status.isDirectory());
    } catch (LinuxException e) {
      return; // the step has put something beside the mount
    }
    Inodes.restoreTime(parent, before);
  }

  /** The opened parent, or -1 where there is none or a link in its place. */
  private static int openParent(int opened, byte[] path) {
    int end = path.length - name(path).length;
    byte[] parent = end == 0 ? PathBytes.of(".") : Arrays.copyOf(path, end);
    try {
      return Descriptors.openResolved(
          opened, parent, Descriptors.PATH | Descriptors.DIRECTORY, 0, RESOLVE);
    } catch (LinuxException e) {
      return -1;
    }
  }

  private static byte[] name(byte[] path) {
    int start = path.length;
    while (start > 0 && path[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(path, start, path.length);
  }
}
