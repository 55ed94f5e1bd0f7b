package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What stood under a name at a time. Its inode and the kernel's own time of change tell later
 * whether it still does: unlike sizes and times of modification, a program can set neither.
 *
 * @param children by name, each byte a character; null for what is no directory
 */
record EntryRecord(
    InodeIdentity identity,
    long ctimeSeconds,
    int ctimeNanos,
    @Nullable Map<String, EntryRecord> children) {

  /** An inode, told from others of its number: numbers are used again at once. */
  record InodeIdentity(long inode, long birthSeconds, int birthNanos) {
    static InodeIdentity of(FileStatus status) {
      return new InodeIdentity(status.inode(), status.birthSeconds(), status.birthNanos());
    }
  }

  /** The kernel's time goes on in steps of up to this. */
  private static final long TICK_NANOS = 10_000_000;

  /** Of a directory that nobody changes. What is changed after this returns has another time. */
  static EntryRecord of(Path directory) throws LinuxException {
    byte[] path = PathBytes.of(directory);
    int here = Descriptors.WORKING_DIRECTORY;
    EntryRecord record = read(here, path, Inodes.status(here, path));
    long start = System.nanoTime();
    for (long past = 0; past <= TICK_NANOS; past = System.nanoTime() - start) {
      LockSupport.parkNanos(TICK_NANOS - past + 1);
    }
    return record;
  }

  private static EntryRecord read(int parent, byte[] name, FileStatus status)
      throws LinuxException {
    Map<String, EntryRecord> children = null;
    if (status.isDirectory()) {
      children = new HashMap<>();
      int opened = Descriptors.openDirectory(parent, name);
      try {
        for (byte[] child : Inodes.list(opened)) {
          children.put(key(child), read(opened, child, Inodes.status(opened, child)));
        }
      } finally {
        Descriptors.close(opened);
      }
    }
    return new EntryRecord(
        InodeIdentity.of(status), status.ctimeSeconds(), status.ctimeNanos(), children);
  }

  static String key(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  boolean isDirectory() {
    return children != null;
  }

  /** Whether this is the same file or directory, changed or not. */
  boolean isOf(FileStatus status) {
    return status.isDirectory() == isDirectory() && InodeIdentity.of(status).equals(identity);
  }

  /** Whether it is the same and has not been changed, renamed or linked; contents apart. */
  boolean isUnchanged(FileStatus status) {
    return isOf(status)
        && status.ctimeSeconds() == ctimeSeconds
        && status.ctimeNanos() == ctimeNanos;
  }
}
