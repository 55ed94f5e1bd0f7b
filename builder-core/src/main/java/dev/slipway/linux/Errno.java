package dev.slipway.linux;

/** Error numbers that somebody acts upon. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int E2BIG = 7;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int ENXIO = 6;
  public static final int ENOEXEC = 8;
  public static final int ECHILD = 10;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int EXDEV = 18;
  public static final int ENODEV = 19;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int ENODATA = 61;
  public static final int EOPNOTSUPP = 95;

  private Errno() {}

  /** The kernel's own words, as {@code perror} has them, in lower case. */
  static String text(int errno) {
    switch (errno) {
      case EPERM:
        return "operation not permitted";
      case ENOENT:
        return "no such file or directory";
      case ENOMEM:
        return "out of memory";
      case EACCES:
        return "permission denied";
      case EBUSY:
        return "device or resource busy";
      case EEXIST:
        return "file exists";
      case ENODEV:
        return "no such device";
      case ENOTDIR:
        return "not a directory";
      case EISDIR:
        return "is a directory";
      case EINVAL:
        return "invalid argument";
      case EMFILE:
        return "too many open files";
      case ENOTEMPTY:
        return "directory not empty";
      case E2BIG:
        return "argument list too long";
      case ENOSPC:
        return "no space left on device";
      case EROFS:
        return "read-only file system";
      case ENAMETOOLONG:
        return "file name too long";
      case ENOSYS:
        return "function not implemented";
      case ELOOP:
        return "too many levels of symbolic links";
      case EOPNOTSUPP:
        return "operation not supported";
      case ENOEXEC:
        return "exec format error";
      default:
        return "error number " + errno;
    }
  }
}
