package dev.slipway.layer;

import dev.slipway.tree.Metadata;
import dev.slipway.tree.TreePath;
import java.util.Arrays;

/**
 * A header to be written.
 *
 * @param type one of {@link TarMember}'s
 * @param linkName empty where the type has none
 */
record TarHeader(
    byte type,
    TreePath path,
    Metadata metadata,
    byte[] linkName,
    long size,
    int deviceMajor,
    int deviceMinor) {
  private static final byte[] NO_LINK = new byte[0];

  TarHeader(byte type, TreePath path, Metadata metadata) {
    this(type, path, metadata, NO_LINK, 0, 0, 0);
  }

  TarHeader withLink(byte[] newLinkName) {
    return new TarHeader(type, path, metadata, newLinkName, size, deviceMajor, deviceMinor);
  }

  TarHeader withSize(long newSize) {
    return new TarHeader(type, path, metadata, linkName, newSize, deviceMajor, deviceMinor);
  }

  TarHeader withDevice(int major, int minor) {
    return new TarHeader(type, path, metadata, linkName, size, major, minor);
  }

  /** The name as an archive has it: a directory's ends with a slash. */
  byte[] name() {
    if (type != TarMember.DIRECTORY) {
      return path.toBytes();
    }
    if (path.isRoot()) {
      return new byte[] {'.', '/'};
    }
    byte[] name = Arrays.copyOf(path.toBytes(), path.length() + 1);
    name[path.length()] = '/';
    return name;
  }
}
