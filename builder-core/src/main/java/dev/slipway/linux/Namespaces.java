package dev.slipway.linux;

import com.sun.jna.Pointer;

/** Namespaces and what else belongs to the calling thread alone. */
public final class Namespaces {
  /** The thread's own root, working directory and umask. */
  public static final int FILE_SYSTEM_STATE = 0x200;

  public static final int MOUNT = 0x20000;
  public static final int CGROUP = 0x02000000;
  public static final int UTS = 0x04000000;
  public static final int IPC = 0x08000000;

  /** For the processes that the thread starts, not for itself. */
  public static final int PID = 0x20000000;

  public static final int NETWORK = 0x40000000;

  private static final int SIOCGIFFLAGS = 0x8913;
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final int IFF_UP = 1;

  private Namespaces() {}

  /** Gives the calling thread namespaces of its own. */
  public static void unshare(int flags) throws LinuxException {
    Libc.check(Libc.call(SystemCall.UNSHARE, flags), "unshare");
  }

  public static void setHostname(String name) throws LinuxException {
    byte[] text = PathBytes.of(name);
    try (CallArguments arguments = CallArguments.of(text)) {
      Libc.check(
          Libc.call(SystemCall.SETHOSTNAME, arguments.text(text), text.length), "set host name");
    }
  }

  /** Starts the loopback interface of the calling thread's network. */
  public static void startLoopback() throws LinuxException {
    int socket = (int) Libc.check(Libc.call(SystemCall.SOCKET, 2, 2 | 0x80000, 0), "socket");
    try (CallArguments arguments = new CallArguments(64)) {
      long request = arguments.allocate(40);
      Pointer pointer = new Pointer(request);
      pointer.setString(0, "lo");
      Libc.check(Libc.call(SystemCall.IOCTL, socket, SIOCGIFFLAGS, request), "look at loopback");
      pointer.setShort(16, (short) (pointer.getShort(16) | IFF_UP));
      Libc.check(Libc.call(SystemCall.IOCTL, socket, SIOCSIFFLAGS, request), "start loopback");
    } finally {
      Descriptors.close(socket);
    }
  }

  public static int threadId() {
    return (int) Libc.call(SystemCall.GETTID);
  }
}
