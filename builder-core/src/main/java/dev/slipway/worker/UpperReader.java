package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.rootfs.StepRoot.MadeMountPoint;
import dev.slipway.sandbox.rootfs.Whiteout;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a step changed from the upper directory of its overlay. An overlay copies whole files
 * and their parents up before it changes them, and often changes nothing; what looks as it did
 * below is no change.
 */
final class UpperReader {
  private static final int MOST_BYTES_OF_A_PATH = 4096;
  private static final int SHOWN = 40;

  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, LinkedFile> linkedFiles = new HashMap<>();
  private final Map<Long, TreePath> made = new HashMap<>();

  /**
   * @param madeMountPoints what exists only to be mounted on
   */
  UpperReader(List<MadeMountPoint> madeMountPoints) {
    for (MadeMountPoint point : madeMountPoints) {
      made.put(point.inode(), TreePath.ofBytes(point.path()));
    }
  }

  /**
   * @param lower what the overlay lay on
   */
  ChangeSet read(Path upper, LayerStack lower) throws IOException {
    List<Integer> lowers = new ArrayList<>();
    int opened = Descriptors.openDirectory(Descriptors.WORKING_DIRECTORY, PathBytes.of(upper));
    try {
      for (String name : Whiteout.shown(lower)) {
        lowers.add(
            Descriptors.openDirectory(
                Descriptors.WORKING_DIRECTORY, PathBytes.of(lower.folder().resolve(name))));
      }
      readDirectory(opened, TreePath.ROOT, new LowerDirectories(lowers));
    } finally {
      Descriptors.close(opened);
      lowers.forEach(Descriptors::close);
    }
    for (LinkedFile file : linkedFiles.values()) {
      file.addTo(changes);
    }
    return ChangeSet.of(changes);
  }

  /** Returns whether anything in it changed. */
  private boolean readDirectory(int directory, TreePath path, LowerDirectories lower)
      throws IOException {
    boolean changed = false;
    for (byte[] name : Inodes.list(directory)) {
      changed |= readEntry(directory, name, path.child(name), lower);
    }
    return changed;
  }

  private boolean readEntry(int directory, byte[] name, TreePath path, LowerDirectories lower)
      throws IOException {
    FileStatus status = Inodes.status(directory, name);
    LowerDirectories.Found below = lower.find(name);
    if (Whiteout.is(directory, name, status)) {
      if (below != null) {
        changes.add(new Change.Whiteout(path));
      }
      return below != null;
    }
    if (made.containsKey(status.inode()) && !status.isDirectory()) {
      return false;
    }
    if (path.length() > MOST_BYTES_OF_A_PATH) {
      throw new SandboxException(
          "the step has made a file with a path of more than 4096 bytes, which no layer can hold: "
              + path.toString().substring(0, SHOWN)
              + "…");
    }
    Entry entry = EntryReader.read(directory, name, status, path.toBytes());
    if (entry == null) {
      return false;
    }
    if (entry instanceof Directory subdirectory) {
      TreePath madePath = made.get(status.inode());
      boolean isMade = madePath != null && madePath.equals(path);
      return readSubdirectory(directory, name, path, subdirectory, isMade, lower, below);
    }
    boolean same = below != null && isSame(directory, name, entry, below, path);
    if (entry.linked()) {
      LinkedFile file = linkedFiles.computeIfAbsent(status.inode(), inode -> new LinkedFile(entry));
      file.add(path, !same);
    } else if (!same) {
      changes.add(new Change.Put(path, entry));
    }
    return !same;
  }

  private boolean readSubdirectory(
      int directory,
      byte[] name,
      TreePath path,
      Directory entry,
      boolean isMade,
      LowerDirectories lower,
      LowerDirectories.@Nullable Found below)
      throws IOException {
    boolean opaque = Whiteout.isOpaque(directory, name);
    boolean overDirectory = below != null && below.status().isDirectory();
    int opened = Descriptors.openDirectory(directory, name);
    boolean changed;
    try (LowerDirectories children = opaque ? LowerDirectories.none() : lower.enter(name)) {
      changed = readDirectory(opened, path, children);
    } finally {
      Descriptors.close(opened);
    }
    if (opaque && overDirectory) {
      changes.add(new Change.Opaque(path));
      changed = true;
    }
    boolean same = below != null && overDirectory && sameMetadata(entry, below, path);
    if (!changed && (same || isMade)) {
      return false;
    }
    // parents of changes too: who unpacks this layer alone must not have to guess their modes
    changes.add(new Change.Put(path, entry));
    return true;
  }

  private static boolean sameMetadata(Directory entry, LowerDirectories.Found below, TreePath path)
      throws IOException {
    Entry lower = below.read(path.toBytes());
    return lower != null && lower.metadata().equals(entry.metadata());
  }

  private static boolean isSame(
      int directory, byte[] name, Entry entry, LowerDirectories.Found below, TreePath path)
      throws IOException {
    Entry lower = below.read(path.toBytes());
    return lower != null
        && entry.sameAs(lower)
        && (!(entry instanceof RegularFile file)
            || FileComparison.same(directory, name, below.directory(), name, file.size()));
  }

  /**
   * The names of one file: if one of them is new or changed, all are told, so that they stay one.
   */
  private static final class LinkedFile {
    private final Entry entry;
    private final List<TreePath> paths = new ArrayList<>();
    private boolean changed;

    LinkedFile(Entry entry) {
      this.entry = entry;
    }

    void add(TreePath path, boolean isChanged) {
      paths.add(path);
      changed |= isChanged;
    }

    void addTo(List<Change> changes) {
      if (!changed) {
        return;
      }
      for (TreePath path : paths) {
        changes.add(new Change.Put(path, entry));
      }
    }
  }
}
