package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.TransferBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies what changed in a directory since it was recorded into another, in the form of an
 * overlay's upper directory. Like an overlay it may bring along what was touched only.
 */
final class ChangeCollector {
  private static final int BUFFER_SIZE = 128 << 10;
  private static final byte[] EMPTY = {};

  private final TreeCopy copy;
  private final int upperRoot;
  private final Set<Long> passedOver;

  private ChangeCollector(TreeCopy copy, int upperRoot, Set<Long> passedOver) {
    this.copy = copy;
    this.upperRoot = upperRoot;
    this.passedOver = passedOver;
  }

  /**
   * @param passedOver inodes of files that are no changes, wherever they are now
   * @param upper an empty directory
   */
  static void collect(Path root, EntryRecord before, Set<Long> passedOver, Path upper)
      throws LinuxException {
    int here = Descriptors.WORKING_DIRECTORY;
    int upperRoot = Descriptors.openDirectory(here, PathBytes.of(upper));
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      TreeCopy copy = TreeCopy.withoutMarks(buffer);
      byte[] path = PathBytes.of(root);
      int opened = Descriptors.openDirectory(here, path);
      try {
        new ChangeCollector(copy, upperRoot, passedOver)
            .collect(opened, before, new UpperDirectory(upperRoot), EMPTY);
        copy.copyMetadata(here, here, path, Inodes.status(opened), PathBytes.of(upper));
      } finally {
        Descriptors.close(opened);
      }
    } finally {
      Descriptors.close(upperRoot);
    }
  }

  private void collect(int directory, EntryRecord before, UpperDirectory upper, byte[] path)
      throws LinuxException {
    Map<String, EntryRecord> children = Objects.requireNonNull(before.children());
    Set<String> missing = new HashSet<>(children.keySet());
    for (byte[] name : Inodes.list(directory)) {
      FileStatus now = Inodes.status(directory, name);
      if (now.type() == FileStatus.SOCKET || passedOver.contains(now.inode())) {
        TreeRemoval.removeEntry(directory, name); // the root may serve the next step
        continue;
      }
      String key = EntryRecord.key(name);
      missing.remove(key);
      collectEntry(directory, name, now, children.get(key), upper, PathBytes.join(path, name));
    }
    for (String key : missing) {
      Whiteout.make(upper.open(), key.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private void collectEntry(
      int directory,
      byte[] name,
      FileStatus now,
      @Nullable EntryRecord known,
      UpperDirectory upper,
      byte[] path)
      throws LinuxException {
    if (known != null && known.isOf(now) && now.isDirectory()) {
      collectDirectory(directory, name, now, known, upper, path);
    } else if (known == null || !known.isUnchanged(now)) {
      copy.copyEntry(directory, upper.open(), name, now, upperRoot, path);
      if (now.isDirectory() && known != null && known.isDirectory()) {
        Whiteout.makeOpaque(upper.open(), name);
      }
    }
  }

  private void collectDirectory(
      int directory,
      byte[] name,
      FileStatus now,
      EntryRecord known,
      UpperDirectory upper,
      byte[] path)
      throws LinuxException {
    UpperDirectory below = new UpperDirectory(upper, name);
    int opened = Descriptors.openDirectory(directory, name);
    try {
      collect(opened, known, below, path);
      if (!known.isUnchanged(now)) {
        below.open();
      }
    } finally {
      Descriptors.close(opened);
      below.close();
    }
    if (below.isMade()) {
      copy.copyMetadata(directory, upper.open(), name, now, name);
    }
  }

  /** A directory of the upper one, made when something is put into it. */
  private static final class UpperDirectory {
    private final @Nullable UpperDirectory parent;
    private final byte[] name;
    private int opened;
    private boolean made;

    UpperDirectory(int root) {
      parent = null;
      name = EMPTY;
      opened = root;
    }

    UpperDirectory(UpperDirectory parent, byte[] name) {
      this.parent = parent;
      this.name = name;
      opened = -1;
    }

    int open() throws LinuxException {
      if (opened < 0 && parent != null) {
        int above = parent.open();
        Inodes.makeDirectory(above, name, 0700);
        opened = Descriptors.openDirectory(above, name);
        made = true;
      }
      return opened;
    }

    boolean isMade() {
      return made;
    }

    void close() {
      if (made) {
        Descriptors.close(opened);
      }
    }
  }
}
