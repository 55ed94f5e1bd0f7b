package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.SandboxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places in a root filesystem to mount on. Every link is followed inside the root only, by the
 * kernel; what is missing is made, and remembered so that it stays out of the layer.
 */
public final class MountTargets {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_MAGIC_LINKS;
  private static final int MOST_LINKS = 40;
  private static final String BY_DESCRIPTOR = "/proc/self/fd/";

  private final Path root;
  private final int opened;
  private final List<byte[]> made = new ArrayList<>();

  /**
   * @param root where the root filesystem is mounted
   * @param opened a descriptor of it, closed by the caller
   */
  public MountTargets(Path root, int opened) {
    this.root = root;
    this.opened = opened;
  }

  /** What is at a place now, links and all followed inside the root, or null. */
  @Nullable FileStatus find(String target) throws LinuxException {
    int place;
    try {
      place = Descriptors.openResolved(opened, PathBytes.of(target), Descriptors.PATH, 0, RESOLVE);
    } catch (LinuxException e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
    try {
      return Inodes.status(place);
    } finally {
      Descriptors.close(place);
    }
  }

  /** What was made, parents first, each relative to the root. */
  List<byte[]> made() {
    return made;
  }

  /** Shows the source, with all mounted below it, at the target. */
  void attach(PreparedRoot.Attachment attachment) throws LinuxException {
    attach(attachment, 0);
  }

  /**
   * The same with more restrictions.
   *
   * @param flags as {@link Mounts#restrict} has them
   */
  public void attach(PreparedRoot.Attachment attachment, long flags) throws LinuxException {
    int source =
        Descriptors.open(
            Descriptors.WORKING_DIRECTORY,
            PathBytes.of(attachment.source()),
            Descriptors.PATH | Descriptors.NO_FOLLOW,
            0);
    try {
      attach(source, attachment.target(), attachment.readOnly() ? flags | Mounts.READ_ONLY : flags);
    } finally {
      Descriptors.close(source);
    }
  }

  /** The same for an opened directory or file. */
  private void attach(int source, String target, long flags) throws LinuxException {
    boolean isDirectory = Inodes.status(source).isDirectory();
    int mount = Mounts.cloneTree(source, "");
    try {
      if (flags != 0) {
        Mounts.restrict(mount, flags);
      }
      int place = open(target, isDirectory);
      try {
        Mounts.attach(mount, place);
      } finally {
        Descriptors.close(place);
      }
    } finally {
      Descriptors.close(mount);
    }
  }

  /** Makes a directory where nothing is; it is no mount point, and stays. */
  static void makeDirectory(Path root, int opened, String path) throws LinuxException {
    Descriptors.close(new MountTargets(root, opened).openOrMake(path, true));
  }

  /** Opens a place of the wanted kind, and makes it where it is missing. */
  int open(String target, boolean directory) throws LinuxException {
    int place = openOrMake(target, directory);
    boolean fits = false;
    try {
      fits = Inodes.status(place).isDirectory() == directory;
    } finally {
      if (!fits) {
        Descriptors.close(place);
      }
    }
    if (!fits) {
      throw new SandboxException(
          "cannot mount a "
              + (directory ? "directory" : "file")
              + " on '"
              + target
              + "', which is a "
              + (directory ? "file" : "directory"));
    }
    return place;
  }

  private int openOrMake(String target, boolean directory) throws LinuxException {
    String path = target;
    for (int links = 0; links < MOST_LINKS; links++) {
      try {
        return Descriptors.openResolved(opened, PathBytes.of(path), Descriptors.PATH, 0, RESOLVE);
      } catch (LinuxException e) {
        if (e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
      path = makeFirstMissing(path, directory);
    }
    throw new LinuxException("make the mount point '" + target + "'", Errno.ELOOP);
  }

  /**
   * Makes the first component of the path that is missing; where that is a link to nowhere, returns
   * the path with the link's target in its place.
   */
  private String makeFirstMissing(String path, boolean directory) throws LinuxException {
    String[] names = path.split("/+");
    StringBuilder parentPath = new StringBuilder("/");
    int parent = openDirectory("/");
    try {
      for (int i = 0; i < names.length; i++) {
        if (names[i].isEmpty() || names[i].equals(".")) {
          continue;
        }
        String next = parentPath + names[i];
        boolean last = i == names.length - 1;
        FileStatus status =
            names[i].equals("..") ? null : Inodes.find(parent, PathBytes.of(names[i]));
        if (status == null && !names[i].equals("..")) {
          make(parent, names[i], directory || !last);
          return path;
        }
        if (status != null && status.type() == FileStatus.SYMLINK && find(next) == null) {
          String link =
              new String(Inodes.readLink(parent, PathBytes.of(names[i])), StandardCharsets.UTF_8);
          String rest = String.join("/", List.of(names).subList(i + 1, names.length));
          return (link.startsWith("/") ? link : parentPath + link) + (last ? "" : "/" + rest);
        }
        if (!last) {
          Descriptors.close(parent);
          parent = -1;
          parent = openDirectory(next);
          parentPath.append(names[i]).append('/');
        }
      }
      return path;
    } finally {
      if (parent >= 0) {
        Descriptors.close(parent);
      }
    }
  }

  private int openDirectory(String path) throws LinuxException {
    int flags = Descriptors.READ | Descriptors.DIRECTORY;
    return Descriptors.openResolved(opened, PathBytes.of(path), flags, 0, RESOLVE);
  }

  /** The parent keeps its time: nothing of the step's shows in it. */
  private void make(int parent, String name, boolean directory) throws LinuxException {
    FileStatus before = Inodes.status(parent);
    if (directory) {
      Inodes.makeDirectory(parent, PathBytes.of(name), 0755);
    } else {
      int flags = Descriptors.CREATE | Descriptors.EXCLUSIVE | Descriptors.WRITE;
      Descriptors.close(Descriptors.open(parent, PathBytes.of(name), flags, 0644));
    }
    Inodes.restoreTime(parent, before);
    byte[] parentPath =
        Inodes.readLink(Descriptors.WORKING_DIRECTORY, PathBytes.of(BY_DESCRIPTOR + parent));
    made.add(relative(parentPath, PathBytes.of(name)));
  }

  private byte[] relative(byte[] parent, byte[] name) {
    int from = Math.min(parent.length, PathBytes.of(root).length + 1);
    int parentLength = parent.length - from;
    byte[] result = new byte[parentLength + (parentLength == 0 ? 0 : 1) + name.length];
    System.arraycopy(parent, from, result, 0, parentLength);
    if (parentLength > 0) {
      result[parentLength] = '/';
    }
    System.arraycopy(name, 0, result, result.length - name.length, name.length);
    return result;
  }
}
