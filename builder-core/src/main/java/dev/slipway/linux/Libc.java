package dev.slipway.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The functions of the C library that are called. System calls go through {@code syscall} and not
 * through their wrappers: the wrappers of {@code setresuid} and its kin change every thread of the
 * process, and here a thread has ids, namespaces and a root directory of its own.
 */
final class Libc {
  static final boolean AARCH64 = Platform.isARM();

  static {
    // The C library is in the process already; to find it by name JNA would start ldconfig.
    Native.register(Libc.class, NativeLibrary.getProcess());
  }

  private Libc() {}

  static native long syscall(long number, long a, long b, long c, long d, long e, long f);

  static native int posix_spawn_file_actions_init(long actions);

  static native int posix_spawn_file_actions_destroy(long actions);

  static native int posix_spawn_file_actions_adddup2(long actions, int from, int to);

  static native int posix_spawn_file_actions_addopen(
      long actions, int fd, long path, int flags, int mode);

  static native int posix_spawnattr_init(long attributes);

  static native int posix_spawnattr_destroy(long attributes);

  static native int posix_spawnattr_setflags(long attributes, short flags);

  static native int posix_spawnattr_setsigdefault(long attributes, long signals);

  static native int posix_spawnattr_setsigmask(long attributes, long signals);

  static native int posix_spawn(
      long pid, long path, long actions, long attributes, long argv, long environment);

  /** Makes a call; what it answers below zero is an errno. */
  static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    long result = syscall(call.number(), a, b, c, d, e, f);
    return result == -1 ? -Native.getLastError() : result;
  }

  static long call(SystemCall call, long a, long b, long c, long d, long e) {
    return call(call, a, b, c, d, e, 0);
  }

  static long call(SystemCall call, long a, long b, long c, long d) {
    return call(call, a, b, c, d, 0, 0);
  }

  static long call(SystemCall call, long a, long b, long c) {
    return call(call, a, b, c, 0, 0, 0);
  }

  static long call(SystemCall call, long a, long b) {
    return call(call, a, b, 0, 0, 0, 0);
  }

  static long call(SystemCall call, long a) {
    return call(call, a, 0, 0, 0, 0, 0);
  }

  static long call(SystemCall call) {
    return call(call, 0, 0, 0, 0, 0, 0);
  }

  /** Throws where {@code result} is an errno. */
  static long check(long result, String what) throws LinuxException {
    if (result < 0) {
      throw new LinuxException(what, (int) -result);
    }
    return result;
  }

  /** The same; the message is made only where it is needed. */
  static long check(long result, String what, byte[] path) throws LinuxException {
    if (result < 0) {
      throw new LinuxException(what + " '" + PathBytes.forPeople(path) + "'", (int) -result);
    }
    return result;
  }
}
