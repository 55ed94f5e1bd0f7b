package dev.slipway.worker;

import dev.slipway.linux.Errno;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.tree.Metadata;
import java.io.IOException;
import java.util.Map;

/** Gives what was unpacked the owners, modes, attributes and times that its layer says. */
final class MetadataWriter {
  private MetadataWriter() {}

  /**
   * All but the time, which what is put into a directory changes. Owner first: the kernel clears
   * setuid bits and capabilities when that changes.
   */
  static void apply(int parent, byte[] name, Metadata metadata) throws IOException {
    applyOwner(parent, name, metadata, true);
    Inodes.changeMode(parent, name, metadata.mode());
    if (!metadata.xattrs().isEmpty()) {
      applyAttributes(PathBytes.below(parent, name), metadata);
    }
  }

  /**
   * @param canRemember whether the entry takes the attribute that remembers an owner which is not
   *     mapped
   */
  static void applyOwner(int parent, byte[] name, Metadata metadata, boolean canRemember)
      throws IOException {
    try {
      Inodes.changeOwner(parent, name, metadata.uid(), metadata.gid());
    } catch (LinuxException e) {
      if (e.errno() != Errno.EINVAL) {
        throw e;
      }
      Inodes.changeOwner(parent, name, Substitutes.OWNER, Substitutes.OWNER);
      if (canRemember) {
        Substitutes.rememberOwner(PathBytes.below(parent, name), metadata.uid(), metadata.gid());
      }
    }
  }

  private static void applyAttributes(byte[] path, Metadata metadata) throws IOException {
    for (Map.Entry<String, byte[]> attribute : metadata.xattrs().toMap().entrySet()) {
      if (EntryReader.isOfLayer(attribute.getKey())) {
        try {
          ExtendedAttributes.set(path, attribute.getKey(), attribute.getValue());
        } catch (LinuxException e) {
          // nodes take no attributes of users, and some file systems none at all
          if (e.errno() != Errno.EPERM && e.errno() != Errno.EOPNOTSUPP) {
            throw e;
          }
        }
      }
    }
  }

  /** Last, for whatever else is done to an entry may change it. */
  static void applyTime(int parent, byte[] name, Metadata metadata) throws LinuxException {
    Inodes.changeTime(parent, name, metadata.mtimeSeconds(), metadata.mtimeNanos());
  }

  /**
   * As {@link #apply} and {@link #applyTime} for a file that is open: without its path as far as
   * that can be.
   */
  static void applyToOpen(int file, int parent, byte[] name, Metadata metadata) throws IOException {
    try {
      Inodes.changeOwner(file, metadata.uid(), metadata.gid());
    } catch (LinuxException e) {
      if (e.errno() != Errno.EINVAL) {
        throw e;
      }
      applyOwner(parent, name, metadata, true);
    }
    Inodes.changeMode(file, metadata.mode());
    if (!metadata.xattrs().isEmpty()) {
      applyAttributes(PathBytes.below(parent, name), metadata);
    }
    Inodes.changeTime(file, metadata.mtimeSeconds(), metadata.mtimeNanos());
  }
}
