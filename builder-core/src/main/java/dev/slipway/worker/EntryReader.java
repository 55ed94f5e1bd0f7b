package dev.slipway.worker;

import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.PathBytes;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one entry of a layer directory as what it stands for. */
final class EntryReader {
  private static final String CAPABILITY = "security.capability";

  private EntryReader() {}

  /**
   * @param directory that holds it, opened
   * @param path for the content's reference
   * @return null for what no layer can hold: a socket
   */
  static @Nullable Entry read(int directory, byte[] name, FileStatus status, byte[] path)
      throws IOException {
    boolean linked = status.links() > 1;
    if (status.type() == FileStatus.SYMLINK) {
      Metadata metadata = metadata(status, Xattrs.EMPTY, null, 0777);
      return new Symlink(metadata, Origin.NONE, Inodes.readLink(directory, name), linked);
    }
    byte[] place = PathBytes.below(directory, name);
    List<String> names = ExtendedAttributes.list(place);
    int[] owner = names.isEmpty() ? null : Substitutes.owner(place, status);
    Metadata metadata = metadata(status, xattrs(place, names), owner, status.permissions());
    switch (status.type()) {
      case FileStatus.DIRECTORY:
        return new Directory(metadata, Origin.NONE);
      case FileStatus.REGULAR:
        long[] device = names.isEmpty() ? null : Substitutes.device(place, status);
        return device != null
            ? device((int) device[0], metadata, (int) device[1], (int) device[2], linked)
            : new RegularFile(
                metadata,
                Origin.NONE,
                status.size(),
                new UpperContent(path, status.size()),
                linked);
      case FileStatus.SOCKET:
        return null;
      default:
        return device(status.type(), metadata, status.rdevMajor(), status.rdevMinor(), linked);
    }
  }

  private static Device device(int type, Metadata metadata, int major, int minor, boolean linked) {
    Device.Type kind =
        type == FileStatus.FIFO
            ? Device.Type.FIFO
            : type == FileStatus.BLOCK ? Device.Type.BLOCK : Device.Type.CHARACTER;
    return new Device(metadata, Origin.NONE, kind, major, minor, linked);
  }

  private static Metadata metadata(
      FileStatus status, Xattrs xattrs, int @Nullable [] owner, int mode) {
    return new Metadata(
        mode,
        owner == null ? status.uid() : owner[0],
        owner == null ? status.gid() : owner[1],
        status.mtimeSeconds(),
        status.mtimeNanos(),
        xattrs);
  }

  private static Xattrs xattrs(byte[] place, List<String> names) throws IOException {
    Map<String, byte[]> found = null;
    for (String name : names) {
      if (isOfLayer(name)) {
        byte[] value = ExtendedAttributes.get(place, name);
        if (value != null) {
          found = found == null ? new TreeMap<>() : found;
          found.put(name, value);
        }
      }
    }
    return found == null ? Xattrs.EMPTY : Xattrs.of(found);
  }

  /** Whether a layer states the attribute; those of overlays and of this program are means. */
  static boolean isOfLayer(String name) {
    return name.equals(CAPABILITY)
        || (name.startsWith("user.")
            && !name.startsWith("user.overlay.")
            && !Substitutes.isOurs(name));
  }
}
