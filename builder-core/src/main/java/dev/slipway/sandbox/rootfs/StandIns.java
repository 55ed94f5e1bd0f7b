package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories that stand in a plain directory where mounts would be. What they hide is
 * moved aside and comes back at the end; what was made to hold them goes. Directories keep their
 * times.
 */
final class StandIns {
  private final int root;
  private final Path aside;
  private final MountTargets targets;
  private final List<StandIn> placed = new ArrayList<>();
  private final Set<Long> inodes = new HashSet<>();

  /** Makes what is to stand at a name of an opened directory. */
  @FunctionalInterface
  interface Maker {
    void make(int directory, byte[] name) throws IOException;
  }

  /**
   * @param hidden where under {@link #aside} its predecessor is
   * @param held a descriptor of it, so that its inode stays its own
   * @param keeper where it goes at the end, or null where it is deleted
   */
  private record StandIn(
      int directory, byte[] name, byte[] hidden, int held, @Nullable Path keeper) {}

  /**
   * @param root an opened directory, closed by the caller
   * @param path of it
   * @param aside an empty directory on the same file system
   */
  StandIns(int root, Path path, Path aside) {
    this.root = root;
    this.aside = aside;
    targets = new MountTargets(path, root);
  }

  /**
   * Puts something at a place of the root.
   *
   * @param target resolved inside the root, links and all; made where it is missing
   * @param keeper where the stand-in is moved at the end; null for nowhere
   */
  void place(String target, boolean isDirectory, @Nullable Path keeper, Maker maker)
      throws IOException {
    int place = targets.open(target, isDirectory);
    byte[] path;
    try {
      path = Inodes.readLink(Descriptors.WORKING_DIRECTORY, PathBytes.of("/proc/self/fd/" + place));
      if (Inodes.status(place).inode() == Inodes.status(root).inode()) {
        throw new SandboxException("cannot mount on '" + target + "', which is the root directory");
      }
    } finally {
      Descriptors.close(place);
    }
    String text = new String(path, StandardCharsets.ISO_8859_1);
    int slash = text.lastIndexOf('/');
    byte[] name = text.substring(slash + 1).getBytes(StandardCharsets.ISO_8859_1);
    int directory =
        Descriptors.openDirectory(
            Descriptors.WORKING_DIRECTORY,
            text.substring(0, slash).getBytes(StandardCharsets.ISO_8859_1));
    byte[] hidden = PathBytes.of(aside.resolve(Integer.toString(placed.size())).toString());
    FileStatus before;
    try {
      before = Inodes.status(directory);
      Inodes.rename(directory, name, Descriptors.WORKING_DIRECTORY, hidden);
    } catch (LinuxException e) {
      Descriptors.close(directory);
      throw e;
    }
    int held = -1;
    try {
      maker.make(directory, name);
      held = Descriptors.open(directory, name, Descriptors.PATH | Descriptors.NO_FOLLOW, 0);
      if (!isDirectory) {
        inodes.add(Inodes.status(held).inode());
      }
    } finally {
      placed.add(new StandIn(directory, name, hidden, held, keeper));
    }
    Inodes.restoreTime(directory, before);
  }

  /** What is at a place of the root now, or null. */
  @Nullable FileStatus find(String target) throws LinuxException {
    return targets.find(target);
  }

  /** Inodes of files, which hold until {@link #close}. */
  Set<Long> inodes() {
    return inodes;
  }

  /** Takes all out again, the last first; what one of them meets does not keep the others here. */
  void remove() throws LinuxException {
    LinuxException failure = null;
    for (int i = placed.size() - 1; i >= 0; i--) {
      try {
        remove(placed.get(i));
      } catch (LinuxException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    removeMade();
  }

  private static void remove(StandIn each) throws LinuxException {
    FileStatus before = Inodes.status(each.directory());
    FileStatus now = Inodes.find(each.directory(), each.name());
    if (now != null && each.keeper() != null && each.held() >= 0) {
      if (now.type() == Inodes.status(each.held()).type()) {
        keep(each);
      }
    }
    TreeRemoval.removeEntry(each.directory(), each.name());
    putBack(each);
    Inodes.restoreTime(each.directory(), before);
  }

  /** Where somebody else has made another meanwhile, that one stays. */
  private static void keep(StandIn standIn) throws LinuxException {
    byte[] keeper = PathBytes.of(String.valueOf(standIn.keeper()));
    try {
      Inodes.rename(standIn.directory(), standIn.name(), Descriptors.WORKING_DIRECTORY, keeper);
    } catch (LinuxException e) {
      if (Inodes.find(Descriptors.WORKING_DIRECTORY, keeper) == null) {
        throw e;
      }
    }
  }

  private static void putBack(StandIn standIn) throws LinuxException {
    try {
      Inodes.rename(
          Descriptors.WORKING_DIRECTORY, standIn.hidden(), standIn.directory(), standIn.name());
    } catch (LinuxException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      // the step has deleted the directory that held both
    }
  }

  /** What the step has put something into stays, and so does what it has made anew. */
  private void removeMade() throws LinuxException {
    List<byte[]> made = targets.made();
    for (int i = made.size() - 1; i >= 0; i--) {
      String path = new String(made.get(i), StandardCharsets.ISO_8859_1);
      int slash = path.lastIndexOf('/');
      int parent = openInside(slash < 0 ? "/" : path.substring(0, slash));
      if (parent < 0) {
        continue;
      }
      try {
        byte[] name = path.substring(slash + 1).getBytes(StandardCharsets.ISO_8859_1);
        FileStatus before = Inodes.status(parent);
        FileStatus status = Inodes.find(parent, name);
        if (status != null && isEmpty(parent, name, status)) {
          Inodes.remove(parent, name, status.isDirectory());
          Inodes.restoreTime(parent, before);
        }
      } finally {
        Descriptors.close(parent);
      }
    }
  }

  private int openInside(String path) throws LinuxException {
    int resolve = Descriptors.IN_ROOT | Descriptors.NO_LINKS;
    try {
      byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
      return Descriptors.openResolved(root, name, Descriptors.DIRECTORY, 0, resolve);
    } catch (LinuxException e) {
      return -1; // the step has deleted it
    }
  }

  private static boolean isEmpty(int parent, byte[] name, FileStatus status) throws LinuxException {
    if (!status.isDirectory()) {
      return status.type() == FileStatus.REGULAR && status.size() == 0;
    }
    int opened = Descriptors.openDirectory(parent, name);
    try {
      return Inodes.list(opened).isEmpty();
    } finally {
      Descriptors.close(opened);
    }
  }

  void close() {
    for (StandIn each : placed) {
      Descriptors.close(each.directory());
      if (each.held() >= 0) {
        Descriptors.close(each.held());
      }
    }
  }
}
