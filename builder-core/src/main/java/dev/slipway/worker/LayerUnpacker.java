package dev.slipway.worker;

import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.layer.LayerVisitor;
import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.rootfs.RootFilesystem;
import dev.slipway.sandbox.rootfs.TreeRemoval;
import dev.slipway.sandbox.rootfs.Whiteout;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a layer's archive a directory that an overlay takes as one of its lowers. */
final class LayerUnpacker implements LayerVisitor, AutoCloseable {
  private static final int BUFFER_SIZE = 128 << 10;
  private static final int MOST_SHOWN = 100;
  private static final int PERMISSIONS = 07777;
  private static final byte[] YES = PathBytes.of("y");
  private static final byte[] SELF = PathBytes.of(".");

  private final OpenedPath opened;
  private final TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE);
  private final byte[] bytes = new byte[BUFFER_SIZE];
  private final List<TimedDirectory> directories = new ArrayList<>();
  private final Set<TreePath> whiteouts = new HashSet<>();
  private TreePath current = TreePath.ROOT;
  private long size;

  /** A directory that gets its time when nothing more is put into it. */
  private record TimedDirectory(TreePath path, Metadata metadata) {}

  private LayerUnpacker(Path directory) throws LinuxException {
    opened = new OpenedPath(directory);
  }

  /**
   * Unpacks an uncompressed archive into an empty directory.
   *
   * @return the bytes of its files
   * @throws SandboxException where the file system refuses a member, by its name
   */
  static long unpack(InputStream tar, Path directory) throws IOException {
    setApart(directory);
    try (LayerUnpacker unpacker = new LayerUnpacker(directory)) {
      try {
        LayerReader.read(tar, LayerReadOptions.layer(Origin.NONE), unpacker);
        unpacker.finish();
      } catch (LinuxException e) {
        throw refusal(unpacker.current, e);
      }
      return unpacker.size;
    }
  }

  /**
   * Has layers put into different parts of the disk. Else all are near each other, and ext4 passes
   * by what is in use there for each file that it makes; without a journal also by every inode that
   * was freed within the last minutes, which made unpacking three times as long.
   */
  private static void setApart(Path directory) throws LinuxException {
    byte[] folder = PathBytes.of(directory.resolveSibling(""));
    int parent = Descriptors.openDirectory(Descriptors.WORKING_DIRECTORY, folder);
    try {
      if (Inodes.spreadSubdirectories(parent)) {
        // It may have been made before that was said; where it is decides about all below it.
        byte[] name = PathBytes.of(directory.getFileName());
        int mode = Inodes.status(parent, name).mode() & PERMISSIONS;
        Inodes.remove(parent, name, true);
        Inodes.makeDirectory(parent, name, mode);
        Inodes.changeMode(parent, name, mode);
      }
    } finally {
      Descriptors.close(parent);
    }
  }

  private static SandboxException refusal(TreePath member, LinuxException e) {
    if (e.errno() == Errno.ENOSPC) {
      return new SandboxException(
          "cannot unpack a layer into the store: " + e.reason(),
          "free space with 'slipway cache prune', or choose another disk",
          e);
    }
    return new SandboxException(
        "cannot unpack " + shown(member) + " of a layer into the store: " + e.reason(), null, e);
  }

  private static String shown(TreePath member) {
    String name = member.toString();
    return "'" + (name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name) + "'";
  }

  @Override
  public void put(TreePath path, Entry entry) throws IOException {
    current = path;
    if (path.isRoot()) {
      putRoot(entry);
      return;
    }
    int parent = opened.parentOf(path);
    byte[] name = path.name();
    if (entry instanceof Directory) {
      putDirectory(path, parent, name, entry.metadata());
      return;
    }
    clear(path, parent, name);
    if (entry instanceof Symlink link) {
      Inodes.makeSymlink(parent, name, link.target());
      MetadataWriter.applyOwner(parent, name, link.metadata(), false);
      MetadataWriter.applyTime(parent, name, link.metadata());
    } else if (entry instanceof Device device) {
      putDevice(parent, name, device);
    }
  }

  private void putRoot(Entry entry) throws IOException {
    if (entry instanceof Directory) {
      ExtendedAttributes.set(PathBytes.below(opened.root(), SELF), RootFilesystem.ROOT_STATED, YES);
      MetadataWriter.apply(opened.root(), SELF, entry.metadata());
      directories.add(new TimedDirectory(TreePath.ROOT, entry.metadata()));
    }
  }

  private void putDirectory(TreePath path, int parent, byte[] name, Metadata metadata)
      throws IOException {
    try {
      Inodes.makeDirectory(parent, name, 0700);
    } catch (LinuxException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      if (!Inodes.status(parent, name).isDirectory()) {
        clear(path, parent, name);
        Inodes.makeDirectory(parent, name, 0700);
      }
    }
    MetadataWriter.apply(parent, name, metadata);
    directories.add(new TimedDirectory(path, metadata));
  }

  private void putDevice(int parent, byte[] name, Device device) throws IOException {
    int type = type(device);
    boolean whiteout = type == FileStatus.CHARACTER && device.major() == 0 && device.minor() == 0;
    if (whiteout) {
      throw new SandboxException(
          "cannot unpack "
              + shown(current)
              + " of a layer into the store: an overlay takes the device 0:0 for a deleted file");
    }
    try {
      Inodes.makeNode(parent, name, type | 0600, device.major(), device.minor());
    } catch (LinuxException e) {
      if (e.errno() != Errno.EPERM) {
        throw e;
      }
      int flags = Descriptors.CREATE | Descriptors.EXCLUSIVE | Descriptors.WRITE;
      Descriptors.close(Descriptors.open(parent, name, flags, 0600));
      Substitutes.rememberDevice(
          PathBytes.below(parent, name), type, device.major(), device.minor());
    }
    MetadataWriter.apply(parent, name, device.metadata());
    MetadataWriter.applyTime(parent, name, device.metadata());
  }

  private static int type(Device device) {
    return switch (device.type()) {
      case CHARACTER -> FileStatus.CHARACTER;
      case BLOCK -> FileStatus.BLOCK;
      case FIFO -> FileStatus.FIFO;
    };
  }

  @Override
  public void file(TreePath path, Metadata metadata, long fileSize, long offset, InputStream body)
      throws IOException {
    current = path;
    int parent = opened.parentOf(path);
    byte[] name = path.name();
    int flags = Descriptors.CREATE | Descriptors.EXCLUSIVE | Descriptors.WRITE;
    int file;
    try {
      file = Descriptors.open(parent, name, flags, 0600);
    } catch (LinuxException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      clear(path, parent, name);
      file = Descriptors.open(parent, name, flags, 0600);
    }
    try {
      int count;
      while ((count = body.read(bytes)) > 0) {
        buffer.write(file, bytes, 0, count);
        size += count;
      }
      MetadataWriter.applyToOpen(file, parent, name, metadata);
    } finally {
      Descriptors.close(file);
    }
  }

  @Override
  public void link(TreePath path, TreePath target) throws IOException {
    current = path;
    if (path.equals(target)) {
      return;
    }
    clear(path, opened.parentOf(path), path.name());
    try (OpenedPath other = opened.reopen()) {
      Inodes.link(other.parentOf(target), target.name(), opened.parentOf(path), path.name());
    }
  }

  @Override
  public void whiteout(TreePath path) throws IOException {
    current = path;
    int parent = opened.parentOf(path);
    FileStatus status = Inodes.find(parent, path.name());
    if (status == null) {
      Whiteout.make(parent, path.name());
      whiteouts.add(path);
    } else if (status.isDirectory()) {
      Whiteout.makeOpaque(parent, path.name());
    }
  }

  @Override
  public void opaque(TreePath path) throws IOException {
    current = path;
    if (path.isRoot()) {
      Whiteout.makeOpaque(opened.root(), SELF);
      return;
    }
    int inside = opened.parentOf(path.child("x"));
    Whiteout.makeOpaque(inside, SELF);
  }

  /** Takes away what this layer has under the name, so that the later member counts. */
  private void clear(TreePath path, int parent, byte[] name) throws LinuxException {
    FileStatus status = Inodes.find(parent, name);
    if (status != null) {
      TreeRemoval.removeEntry(parent, name);
      if (status.isDirectory()) {
        directories.removeIf(directory -> directory.path().startsWith(path));
      }
    }
  }

  private void finish() throws LinuxException {
    for (TreePath path : whiteouts) {
      int parent = opened.parentOf(path);
      FileStatus status = Inodes.find(parent, path.name());
      if (status != null && status.isDirectory()) {
        Whiteout.makeOpaque(parent, path.name());
      }
    }
    for (int i = directories.size() - 1; i >= 0; i--) {
      TimedDirectory directory = directories.get(i);
      if (directory.path().isRoot()) {
        MetadataWriter.applyTime(opened.root(), SELF, directory.metadata());
      } else {
        MetadataWriter.applyTime(
            opened.parentOf(directory.path()), directory.path().name(), directory.metadata());
      }
    }
  }

  @Override
  public void close() {
    opened.close();
    buffer.close();
  }
}
