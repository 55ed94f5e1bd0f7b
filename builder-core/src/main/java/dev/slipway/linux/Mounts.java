package dev.slipway.linux;

import com.sun.jna.Pointer;

/** Mounts in the calling thread's mount namespace, and its root and working directory. */
public final class Mounts {
  public static final long READ_ONLY = 1;
  public static final long NO_SETUID = 2;
  public static final long NO_DEVICES = 4;
  public static final long NO_EXEC = 8;
  public static final long BIND = 4096;
  public static final long RECURSIVE = 16384;
  public static final long STRICT_ATIME = 1 << 24;

  private static final int DETACH = 2;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_RECURSIVE = 0x8000;
  private static final int OPEN_TREE_CLONE = 1;
  private static final int CLOEXEC = 0x80000;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
  private static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;
  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_SET_FD = 5;
  private static final int FSCONFIG_CREATE = 6;
  private static final int ATTR_NO_SETUID_DEVICES_EXEC = 2 | 4 | 8;

  private Mounts() {}

  /** {@code mount(2)}. */
  public static void mount(String source, String target, String type, long flags, String data)
      throws LinuxException {
    try (CallArguments arguments =
        new CallArguments(
            64 + 4L * (source.length() + target.length() + type.length() + data.length()))) {
      long result =
          Libc.call(
              SystemCall.MOUNT,
              arguments.text(source),
              arguments.text(target),
              arguments.text(type),
              flags,
              arguments.text(data));
      Libc.check(
          result, "mount " + (type.isEmpty() ? "'" + source + "'" : type) + " on '" + target + "'");
    }
  }

  /** Shows {@code source} at {@code target} too, with all mounted below it. */
  public static void bind(String source, String target) throws LinuxException {
    mount(source, target, "", BIND | RECURSIVE, "");
  }

  /** A copy of the mounts at {@code path}, attached nowhere; the caller closes the descriptor. */
  public static int cloneTree(int directory, String path) throws LinuxException {
    try (CallArguments arguments = new CallArguments(16 + 4L * path.length())) {
      long flags = OPEN_TREE_CLONE | CLOEXEC | AT_RECURSIVE | (path.isEmpty() ? AT_EMPTY_PATH : 0);
      long result = Libc.call(SystemCall.OPEN_TREE, directory, arguments.text(path), flags);
      return (int) Libc.check(result, "copy the mount '" + path + "'");
    }
  }

  /** Attaches what {@link #cloneTree} or {@link #proc} made to an opened directory or file. */
  public static void attach(int mount, int target) throws LinuxException {
    try (CallArguments arguments = new CallArguments(32)) {
      long empty = arguments.text("");
      long flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
      long result = Libc.call(SystemCall.MOVE_MOUNT, mount, empty, target, empty, flags);
      Libc.check(result, "attach a mount");
    }
  }

  /**
   * Adds flags to a mount and all below it.
   *
   * @param flags any of {@link #READ_ONLY}, {@link #NO_SETUID}, {@link #NO_DEVICES}, {@link
   *     #NO_EXEC}: the first four have the same numbers in both of the kernel's tables
   */
  public static void restrict(int mount, long flags) throws LinuxException {
    try (CallArguments arguments = new CallArguments(64)) {
      long empty = arguments.text("");
      long attributes = arguments.allocate(32);
      new Pointer(attributes).setLong(0, flags);
      long result =
          Libc.call(
              SystemCall.MOUNT_SETATTR, mount, empty, AT_EMPTY_PATH | AT_RECURSIVE, attributes, 32);
      Libc.check(result, "restrict a mount");
    }
  }

  /**
   * A proc file system of a PID namespace that the caller is no member of, attached nowhere (since
   * Linux 6.17).
   *
   * @param pidNamespace a descriptor of the namespace
   */
  public static int proc(int pidNamespace) throws LinuxException {
    try (CallArguments arguments = new CallArguments(96)) {
      int context =
          (int)
              Libc.check(
                  Libc.call(SystemCall.FSOPEN, arguments.text("proc"), 1),
                  "open a proc file system");
      try {
        setSource(arguments, context);
        long key = arguments.text("pidns");
        Libc.check(
            Libc.call(SystemCall.FSCONFIG, context, FSCONFIG_SET_FD, key, 0, pidNamespace),
            "choose the PID namespace of a proc file system");
        Libc.check(
            Libc.call(SystemCall.FSCONFIG, context, FSCONFIG_CREATE, 0, 0, 0),
            "make a proc file system");
        return (int)
            Libc.check(
                Libc.call(SystemCall.FSMOUNT, context, 1, ATTR_NO_SETUID_DEVICES_EXEC),
                "mount a proc file system");
      } finally {
        Descriptors.close(context);
      }
    }
  }

  /** What a list of mounts shows as the device. */
  private static void setSource(CallArguments arguments, int context) {
    long key = arguments.text("source");
    long value = arguments.text("proc");
    Libc.call(SystemCall.FSCONFIG, context, FSCONFIG_SET_STRING, key, value, 0);
  }

  /**
   * Makes the working directory, which is a mount point, the root of the mount namespace; the old
   * root is gone afterwards, for every process of the namespace.
   */
  public static void pivotToWorkingDirectory() throws LinuxException {
    try (CallArguments arguments = new CallArguments(16)) {
      long here = arguments.text(".");
      Libc.check(Libc.call(SystemCall.PIVOT_ROOT, here, here), "pivot root");
      Libc.check(Libc.call(SystemCall.UMOUNT2, here, DETACH), "unmount the old root");
    }
    changeDirectory("/");
  }

  /** Changes the calling thread's root directory to its working directory. */
  public static void changeRootToWorkingDirectory() throws LinuxException {
    try (CallArguments arguments = new CallArguments(16)) {
      Libc.check(Libc.call(SystemCall.CHROOT, arguments.text(".")), "change root");
    }
  }

  /** Changes the working directory of the calling thread, and of those it shares it with. */
  public static void changeDirectory(String path) throws LinuxException {
    try (CallArguments arguments = new CallArguments(16 + 4L * path.length())) {
      Libc.check(
          Libc.call(SystemCall.CHDIR, arguments.text(path)), "change directory to '" + path + "'");
    }
  }

  /** The same by descriptor. */
  public static void changeDirectory(int directory) throws LinuxException {
    Libc.check(Libc.call(SystemCall.FCHDIR, directory), "change directory");
  }

  /** Sets which mode bits new files of the calling thread do not get. */
  public static void umask(int mask) {
    Libc.call(SystemCall.UMASK, mask);
  }
}
