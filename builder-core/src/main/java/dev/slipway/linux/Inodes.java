package dev.slipway.linux;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and what they stand for. Every path is bytes, relative to an opened directory, and the last
 * component is never followed.
 */
public final class Inodes {
  /** An owner or group that is to stay as it is. */
  public static final int UNCHANGED = -1;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int RENAME_NOREPLACE = 1;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS_AND_BIRTH = 0xfff;
  private static final int LISTING_SIZE = 32 << 10;
  private static final byte[] SELF = {};
  private static final byte[] HERE = {'.'};
  private static final long FS_IOC_GETFLAGS = 0x80086601L;
  private static final long FS_IOC_SETFLAGS = 0x40086602L;
  private static final int FS_TOPDIR_FL = 0x20000;

  private Inodes() {}

  /** The status of a name, or null where there is none. */
  public static @Nullable FileStatus find(int directory, byte[] path) throws LinuxException {
    try (CallArguments arguments = new CallArguments(path.length + 288L)) {
      long address = arguments.allocate(256);
      int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
      long result =
          Libc.call(
              SystemCall.STATX,
              directory,
              arguments.text(path),
              flags,
              STATX_BASIC_STATS_AND_BIRTH,
              address);
      if (result == -Errno.ENOENT || result == -Errno.ENOTDIR) {
        return null;
      }
      Libc.check(result, "look at", path);
      Pointer p = new Pointer(address);
      return new FileStatus(
          p.getShort(28) & 0xffff,
          p.getInt(20),
          p.getInt(24),
          p.getInt(16),
          ((long) p.getInt(136) << 32) | (p.getInt(140) & 0xffffffffL),
          p.getLong(32),
          p.getLong(40),
          p.getLong(112),
          p.getInt(120),
          p.getLong(96),
          p.getInt(104),
          p.getLong(80),
          p.getInt(88),
          p.getInt(128),
          p.getInt(132));
    }
  }

  /** The status of a name that is there. */
  public static FileStatus status(int directory, byte[] path) throws LinuxException {
    FileStatus status = find(directory, path);
    if (status == null) {
      throw new LinuxException("look at '" + PathBytes.forPeople(path) + "'", Errno.ENOENT);
    }
    return status;
  }

  /** The status of what is opened. */
  public static FileStatus status(int descriptor) throws LinuxException {
    return status(descriptor, SELF);
  }

  /** The names in an opened directory, as the file system orders them. */
  public static List<byte[]> list(int directory) throws LinuxException {
    List<byte[]> names = new ArrayList<>();
    try (CallArguments arguments = new CallArguments(LISTING_SIZE)) {
      long address = arguments.allocate(LISTING_SIZE);
      Pointer p = new Pointer(address);
      while (true) {
        int count =
            (int)
                Libc.check(
                    Libc.call(SystemCall.GETDENTS64, directory, address, LISTING_SIZE), "list");
        if (count == 0) {
          return names;
        }
        for (int at = 0; at < count; at += p.getShort(at + 16) & 0xffff) {
          byte[] name = p.getByteArray(at + 19, (int) p.indexOf(at + 19, (byte) 0));
          if (!isDots(name)) {
            names.add(name);
          }
        }
      }
    }
  }

  private static boolean isDots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  public static void makeDirectory(int directory, byte[] path, int mode) throws LinuxException {
    try (CallArguments arguments = CallArguments.of(path)) {
      long result = Libc.call(SystemCall.MKDIRAT, directory, arguments.text(path), mode);
      Libc.check(result, "make the directory", path);
    }
  }

  /**
   * @param mode type and permissions
   */
  public static void makeNode(int directory, byte[] path, int mode, int major, int minor)
      throws LinuxException {
    long device =
        (minor & 0xffL)
            | ((major & 0xfffL) << 8)
            | ((minor & ~0xffL) << 12)
            | ((major & ~0xfffL) << 32);
    try (CallArguments arguments = CallArguments.of(path)) {
      long result = Libc.call(SystemCall.MKNODAT, directory, arguments.text(path), mode, device);
      Libc.check(result, "make the node", path);
    }
  }

  public static void makeSymlink(int directory, byte[] path, byte[] target) throws LinuxException {
    try (CallArguments arguments = CallArguments.of(path, target)) {
      long result =
          Libc.call(SystemCall.SYMLINKAT, arguments.text(target), directory, arguments.text(path));
      Libc.check(result, "make the link", path);
    }
  }

  /** Gives {@code existing} a second name. */
  public static void link(int fromDirectory, byte[] existing, int directory, byte[] path)
      throws LinuxException {
    try (CallArguments arguments = CallArguments.of(existing, path)) {
      long result =
          Libc.call(
              SystemCall.LINKAT,
              fromDirectory,
              arguments.text(existing),
              directory,
              arguments.text(path),
              0);
      Libc.check(result, "link", path);
    }
  }

  public static void rename(int fromDirectory, byte[] from, int directory, byte[] path)
      throws LinuxException {
    rename(fromDirectory, from, directory, path, 0);
  }

  /**
   * Renames what nothing must be replaced by, be it an empty directory.
   *
   * @throws LinuxException with {@link Errno#EEXIST} where something has the new name, with {@link
   *     Errno#EINVAL} where the file system cannot do this
   */
  public static void renameToNew(int fromDirectory, byte[] from, int directory, byte[] path)
      throws LinuxException {
    rename(fromDirectory, from, directory, path, RENAME_NOREPLACE);
  }

  private static void rename(int fromDirectory, byte[] from, int directory, byte[] path, int flags)
      throws LinuxException {
    try (CallArguments arguments = CallArguments.of(from, path)) {
      long result =
          Libc.call(
              SystemCall.RENAMEAT2,
              fromDirectory,
              arguments.text(from),
              directory,
              arguments.text(path),
              flags);
      Libc.check(result, "rename", from);
    }
  }

  /** Removes a name; an empty directory where {@code isDirectory}. */
  public static void remove(int directory, byte[] path, boolean isDirectory) throws LinuxException {
    try (CallArguments arguments = CallArguments.of(path)) {
      long result =
          Libc.call(
              SystemCall.UNLINKAT, directory, arguments.text(path), isDirectory ? AT_REMOVEDIR : 0);
      Libc.check(result, "remove", path);
    }
  }

  public static byte[] readLink(int directory, byte[] path) throws LinuxException {
    try (CallArguments arguments = new CallArguments(path.length + 4128L)) {
      long buffer = arguments.allocate(4096);
      long result = Libc.call(SystemCall.READLINKAT, directory, arguments.text(path), buffer, 4096);
      int length = (int) Libc.check(result, "read the link", path);
      return new Pointer(buffer).getByteArray(0, length);
    }
  }

  /** Sets both owners; the kernel clears setuid bits and capabilities with it. */
  public static void changeOwner(int directory, byte[] path, int uid, int gid)
      throws LinuxException {
    try (CallArguments arguments = CallArguments.of(path)) {
      int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
      long result =
          Libc.call(SystemCall.FCHOWNAT, directory, arguments.text(path), uid, gid, flags);
      Libc.check(result, "change the owner of", path);
    }
  }

  /** Sets the permissions of what is no symlink: a symlink as last component <b>is</b> followed. */
  public static void changeMode(int directory, byte[] path, int mode) throws LinuxException {
    try (CallArguments arguments = CallArguments.of(path)) {
      long result = Libc.call(SystemCall.FCHMODAT, directory, arguments.text(path), mode);
      Libc.check(result, "change the mode of", path);
    }
  }

  /** The same for what is opened. */
  public static void changeMode(int descriptor, int mode) throws LinuxException {
    Libc.check(Libc.call(SystemCall.FCHMOD, descriptor, mode), "change mode");
  }

  /** Sets both owners of what is opened; the kernel clears setuid bits and capabilities with it. */
  public static void changeOwner(int descriptor, int uid, int gid) throws LinuxException {
    Libc.check(Libc.call(SystemCall.FCHOWN, descriptor, uid, gid), "change owner");
  }

  /** Sets access and modification time to the same. */
  public static void changeTime(int directory, byte[] path, long seconds, int nanos)
      throws LinuxException {
    try (CallArguments arguments = new CallArguments(path.length + 64L)) {
      long times = times(arguments, seconds, nanos);
      int flags = AT_SYMLINK_NOFOLLOW | (path.length == 0 ? AT_EMPTY_PATH : 0);
      long result = Libc.call(SystemCall.UTIMENSAT, directory, arguments.text(path), times, flags);
      Libc.check(result, "set the time of", path);
    }
  }

  /** The same for what is opened. */
  public static void changeTime(int descriptor, long seconds, int nanos) throws LinuxException {
    try (CallArguments arguments = new CallArguments(32)) {
      long times = times(arguments, seconds, nanos);
      Libc.check(Libc.call(SystemCall.UTIMENSAT, descriptor, 0, times, 0), "set time");
    }
  }

  /** Gives a directory the time that it had; it may be opened as a mere place. */
  public static void restoreTime(int directory, FileStatus before) throws LinuxException {
    changeTime(
        Descriptors.WORKING_DIRECTORY,
        PathBytes.below(directory, HERE),
        before.mtimeSeconds(),
        before.mtimeNanos());
  }

  private static long times(CallArguments arguments, long seconds, int nanos) {
    long times = arguments.allocate(32);
    Pointer p = new Pointer(times);
    p.setLong(0, seconds);
    p.setLong(8, nanos);
    p.setLong(16, seconds);
    p.setLong(24, nanos);
    return times;
  }

  /**
   * Tells the file system that what is in a directory's subdirectories has nothing to do with each
   * other: ext4 puts each into an empty part of the disk then, as {@code chattr +T} says. Other
   * file systems do not know the flag, which is fine.
   *
   * @param directory opened for reading
   * @return whether it listens
   */
  public static boolean spreadSubdirectories(int directory) {
    try (CallArguments arguments = new CallArguments(16)) {
      long address = arguments.allocate(8);
      if (Libc.call(SystemCall.IOCTL, directory, FS_IOC_GETFLAGS, address) < 0) {
        return false;
      }
      Pointer pointer = new Pointer(address);
      int flags = pointer.getInt(0);
      pointer.setInt(0, flags | FS_TOPDIR_FL);
      return (flags & FS_TOPDIR_FL) != 0
          || Libc.call(SystemCall.IOCTL, directory, FS_IOC_SETFLAGS, address) == 0;
    }
  }
}
