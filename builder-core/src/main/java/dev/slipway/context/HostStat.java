package dev.slipway.context;

import dev.slipway.tree.Metadata;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What {@code lstat} tells of a host file.
 *
 * @param mode with the file type
 * @param links the number of names; 1 where the system does not tell
 */
record HostStat(
    int mode,
    long device,
    long inode,
    int links,
    long size,
    Instant mtime,
    long mtimeNanos,
    long ctimeNanos,
    long deviceNumber) {
  /** Later than any: a digest is remembered only of what has not changed for a while. */
  private static final long UNKNOWN_CHANGE = Long.MAX_VALUE;

  private static final int TYPE = 0170000;
  static final int SOCKET = 0140000;
  static final int SYMLINK = 0120000;
  static final int REGULAR = 0100000;
  static final int BLOCK = 0060000;
  static final int DIRECTORY = 0040000;
  static final int CHARACTER = 0020000;
  static final int FIFO = 0010000;

  // Not "unix:*": that would look up the names of owner and group, for each file.
  private static final String ATTRIBUTES =
      "unix:mode,dev,ino,nlink,size,lastModifiedTime,ctime,rdev";

  /** Looks at the file itself, not at what it links to: one system call. */
  static HostStat of(Path path) throws IOException {
    Map<String, Object> values;
    try {
      values = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException e) {
      return portable(path);
    }
    FileTime mtime = time(values, "lastModifiedTime");
    return new HostStat(
        (int) number(values, "mode"),
        number(values, "dev"),
        number(values, "ino"),
        (int) number(values, "nlink"),
        number(values, "size"),
        mtime.toInstant(),
        mtime.to(TimeUnit.NANOSECONDS),
        time(values, "ctime").to(TimeUnit.NANOSECONDS),
        number(values, "rdev"));
  }

  private static long number(Map<String, Object> values, String name) {
    return ((Number) Objects.requireNonNull(values.get(name))).longValue();
  }

  private static FileTime time(Map<String, Object> values, String name) {
    return (FileTime) Objects.requireNonNull(values.get(name));
  }

  /**
   * Where files have no mode all of them are executable, as BuildKit has it on Windows. They have
   * no time of change either, so that nobody can trust that one has not changed.
   */
  private static HostStat portable(Path path) throws IOException {
    BasicFileAttributes file =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int type = file.isSymbolicLink() ? SYMLINK : file.isDirectory() ? DIRECTORY : REGULAR;
    FileTime mtime = file.lastModifiedTime();
    long nanos = mtime.to(TimeUnit.NANOSECONDS);
    return new HostStat(
        type | 0755, 0, 0, 1, file.size(), mtime.toInstant(), nanos, UNKNOWN_CHANGE, 0);
  }

  int type() {
    return mode & TYPE;
  }

  /** As an image has it: owned by root, without attributes. */
  Metadata metadata() {
    return new Metadata(mode & 07777, 0, 0, mtime.getEpochSecond(), mtime.getNano(), Xattrs.EMPTY);
  }

  int major() {
    return (int) ((deviceNumber >>> 8 & 0xFFF) | (deviceNumber >>> 32 & ~0xFFF));
  }

  int minor() {
    return (int) ((deviceNumber & 0xFF) | (deviceNumber >>> 12 & ~0xFF));
  }
}
