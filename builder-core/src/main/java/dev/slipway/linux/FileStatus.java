package dev.slipway.linux;

/**
 * What {@code statx} tells of a file.
 *
 * @param mode type and permissions
 * @param uid in the caller's id mapping
 * @param device the file system's number, major and minor in one
 * @param ctimeSeconds when the kernel last changed anything of it; no program can set this
 * @param birthSeconds when the inode was made, which tells it from an earlier one of its number; 0
 *     where the file system does not say
 * @param rdevMajor of a device node
 */
public record FileStatus(
    int mode,
    int uid,
    int gid,
    int links,
    long device,
    long inode,
    long size,
    long mtimeSeconds,
    int mtimeNanos,
    long ctimeSeconds,
    int ctimeNanos,
    long birthSeconds,
    int birthNanos,
    int rdevMajor,
    int rdevMinor) {
  public static final int TYPE = 0170000;
  public static final int SOCKET = 0140000;
  public static final int SYMLINK = 0120000;
  public static final int REGULAR = 0100000;
  public static final int BLOCK = 0060000;
  public static final int DIRECTORY = 0040000;
  public static final int CHARACTER = 0020000;
  public static final int FIFO = 0010000;

  /** One of the constants of this class. */
  public int type() {
    return mode & TYPE;
  }

  public int permissions() {
    return mode & 07777;
  }

  public FileId id() {
    return new FileId(device, inode);
  }

  public boolean isDirectory() {
    return type() == DIRECTORY;
  }

  /** Whether this is how an overlay says that a name of a lower directory is gone. */
  public boolean isWhiteout() {
    return type() == CHARACTER && rdevMajor == 0 && rdevMinor == 0;
  }
}
