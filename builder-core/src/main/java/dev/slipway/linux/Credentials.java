package dev.slipway.linux;

import com.sun.jna.Pointer;
import java.util.List;

/** The ids and privileges of the calling thread, and of no other. */
public final class Credentials {
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_CAP_AMBIENT = 47;
  private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
  private static final int SECCOMP_SET_MODE_FILTER = 1;

  private Credentials() {}

  /**
   * Takes capabilities out of the bounding set, so that no program can get them.
   *
   * @param kept a bit for each capability that stays
   */
  public static void limitCapabilities(long kept) throws LinuxException {
    for (int capability = 0; capability < 64; capability++) {
      if ((kept & (1L << capability)) == 0) {
        long result = Libc.call(SystemCall.PRCTL, PR_CAPBSET_DROP, capability, 0, 0, 0);
        if (result == -Errno.EINVAL) {
          break; // past the last one that this kernel knows
        }
        Libc.check(result, "drop capability " + capability);
      }
    }
    Libc.call(SystemCall.PRCTL, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  }

  /** Supplementary groups, group, user, in the only order in which each is still allowed. */
  public static void become(int uid, int gid, List<Integer> groups) throws LinuxException {
    try (CallArguments arguments = new CallArguments(4L * groups.size() + 16)) {
      long array = arguments.allocate(4L * groups.size() + 4);
      Pointer pointer = new Pointer(array);
      for (int i = 0; i < groups.size(); i++) {
        pointer.setInt(4L * i, groups.get(i));
      }
      long result = Libc.call(SystemCall.SETGROUPS, groups.size(), array);
      // a user namespace with one id only may not set groups at all; its group counts anyway
      boolean noneToSet = groups.isEmpty() || groups.equals(List.of(gid));
      if (!noneToSet || result != -Errno.EPERM) {
        Libc.check(result, "set groups");
      }
    }
    long unsignedGid = gid & 0xffffffffL;
    long unsignedUid = uid & 0xffffffffL;
    Libc.check(
        Libc.call(SystemCall.SETRESGID, unsignedGid, unsignedGid, unsignedGid),
        "become group " + unsignedGid);
    Libc.check(
        Libc.call(SystemCall.SETRESUID, unsignedUid, unsignedUid, unsignedUid),
        "become user " + unsignedUid);
  }

  /**
   * Puts a system call filter on the calling thread. Without no-new-privileges this takes
   * CAP_SYS_ADMIN.
   *
   * @param program instructions of classic BPF, each as {@code code | jt << 16 | jf << 24 | k <<
   *     32}
   */
  public static void filterSystemCalls(long[] program) throws LinuxException {
    try (CallArguments arguments = new CallArguments(8L * program.length + 64)) {
      long instructions = arguments.allocate(8L * program.length);
      new Pointer(instructions).write(0, program, 0, program.length);
      long header = arguments.allocate(16);
      new Pointer(header).setShort(0, (short) program.length);
      new Pointer(header).setLong(8, instructions);
      Libc.check(
          Libc.call(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, 0, header), "filter system calls");
    }
  }
}
