package dev.slipway.linux;

import com.sun.jna.Pointer;
import java.nio.file.Path;

/** File descriptors: opening, reading, writing. All are closed when a program is executed. */
public final class Descriptors {
  public static final int WORKING_DIRECTORY = -100;

  public static final int READ = 0;
  public static final int WRITE = 1;
  public static final int CREATE = 0x40;
  public static final int EXCLUSIVE = 0x80;
  public static final int NON_BLOCKING = 0x800;
  public static final int DIRECTORY = Libc.AARCH64 ? 0x4000 : 0x10000;
  public static final int NO_FOLLOW = Libc.AARCH64 ? 0x8000 : 0x20000;

  /** A place only: neither readable nor writable, and nothing is opened in a device's sense. */
  public static final int PATH = 0x200000;

  private static final int CLOEXEC = 0x80000;

  /** Links, absolute ones and {@code ..} too, stay below the directory. */
  public static final int IN_ROOT = 0x10;

  /** No link is followed anywhere in the path. */
  public static final int NO_LINKS = 0x04;

  /** No link of {@code /proc} is followed. */
  public static final int NO_MAGIC_LINKS = 0x02;

  private static final int POLLIN = 1;

  private Descriptors() {}

  public static int open(int directory, byte[] path, int flags, int mode) throws LinuxException {
    try (CallArguments arguments = CallArguments.of(path)) {
      long result =
          Libc.call(SystemCall.OPENAT, directory, arguments.text(path), flags | CLOEXEC, mode);
      return (int) Libc.check(result, "open", path);
    }
  }

  /**
   * Opens a path of an untrusted tree.
   *
   * @param resolve {@link #IN_ROOT}, {@link #NO_LINKS}, {@link #NO_MAGIC_LINKS}
   */
  public static int openResolved(int directory, byte[] path, int flags, int mode, int resolve)
      throws LinuxException {
    try (CallArguments arguments = new CallArguments(path.length + 64L)) {
      long how = arguments.allocate(24);
      Pointer pointer = new Pointer(how);
      pointer.setLong(0, flags | CLOEXEC);
      pointer.setLong(8, mode);
      pointer.setLong(16, resolve);
      long result = Libc.call(SystemCall.OPENAT2, directory, arguments.text(path), how, 24);
      return (int) Libc.check(result, "open", path);
    }
  }

  /** Opens a directory to list it and to open what is in it; the last component is no link. */
  public static int openDirectory(int directory, byte[] path) throws LinuxException {
    return open(directory, path, READ | DIRECTORY | NO_FOLLOW, 0);
  }

  /** The place that a directory is, for paths below it. */
  public static int openPlace(Path directory) throws LinuxException {
    return open(WORKING_DIRECTORY, PathBytes.of(directory), PATH | DIRECTORY, 0);
  }

  public static void close(int descriptor) {
    Libc.call(SystemCall.CLOSE, descriptor);
  }

  /** Both ends of a new pipe, the reading one first. */
  public static int[] pipe() throws LinuxException {
    try (CallArguments arguments = new CallArguments(16)) {
      long ends = arguments.allocate(8);
      Libc.check(Libc.call(SystemCall.PIPE2, ends, CLOEXEC), "pipe");
      Pointer pointer = new Pointer(ends);
      return new int[] {pointer.getInt(0), pointer.getInt(4)};
    }
  }

  /** Two new pipes; where the second cannot be had, there is no first. */
  public static int[][] twoPipes() throws LinuxException {
    int[] first = pipe();
    try {
      return new int[][] {first, pipe()};
    } catch (LinuxException e) {
      close(first[0]);
      close(first[1]);
      throw e;
    }
  }

  /** So that no program that is started from here on gets any but the three standard ones. */
  public static void closeAllOnExec() {
    Libc.call(SystemCall.CLOSE_RANGE, 3, 0xffffffffL, 4);
  }

  /**
   * Waits until any of them can be read or has ended.
   *
   * @param descriptors those below zero are passed over
   * @return for each whether it is ready
   */
  public static boolean[] awaitReadable(int... descriptors) throws LinuxException {
    try (CallArguments arguments = new CallArguments(8L * descriptors.length + 8)) {
      long array = arguments.allocate(8L * descriptors.length);
      Pointer pointer = new Pointer(array);
      for (int i = 0; i < descriptors.length; i++) {
        pointer.setInt(8L * i, descriptors[i]);
        pointer.setShort(8L * i + 4, (short) POLLIN);
      }
      long result;
      do {
        result = Libc.call(SystemCall.PPOLL, array, descriptors.length, 0, 0, 8);
      } while (result == -Errno.EINTR);
      Libc.check(result, "poll");
      boolean[] ready = new boolean[descriptors.length];
      for (int i = 0; i < ready.length; i++) {
        ready[i] = pointer.getShort(8L * i + 6) != 0;
      }
      return ready;
    }
  }
}
