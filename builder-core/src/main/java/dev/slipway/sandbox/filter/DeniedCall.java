package dev.slipway.sandbox.filter;

import java.util.Locale;

/**
 * System calls that a step may not make, as with Docker's default profile: each reaches the kernel
 * beyond what a namespace covers. The numbers are those of x86-64, i386, aarch64 and arm, or -1.
 */
public enum DeniedCall {
  ACCT(163, 51, 89, 51),
  ADD_KEY(248, 286, 217, 309),
  BPF(321, 357, 280, 386),
  CLOCK_SETTIME(227, 264, 112, 262),
  CLOCK_SETTIME64(-1, 404, 404, 404),
  CREATE_MODULE(174, 127, -1, -1),
  DELETE_MODULE(176, 129, 106, 129),
  FINIT_MODULE(313, 350, 273, 379),
  INIT_MODULE(175, 128, 105, 128),
  GET_KERNEL_SYMS(177, 130, -1, -1),
  QUERY_MODULE(178, 167, -1, -1),
  GET_MEMPOLICY(239, 275, 236, 320),
  MBIND(237, 274, 235, 319),
  MIGRATE_PAGES(256, 294, 238, 400),
  MOVE_PAGES(279, 317, 239, 344),
  SET_MEMPOLICY(238, 276, 237, 321),
  SET_MEMPOLICY_HOME_NODE(450, 450, 450, 450),
  IOPERM(173, 101, -1, -1),
  IOPL(172, 110, -1, -1),
  KCMP(312, 349, 272, 378),
  KEXEC_FILE_LOAD(320, -1, 294, 401),
  KEXEC_LOAD(246, 283, 104, 347),
  KEYCTL(250, 288, 219, 311),
  REQUEST_KEY(249, 287, 218, 310),
  LOOKUP_DCOOKIE(212, 253, 18, 249),
  MOUNT(165, 21, 40, 21),
  UMOUNT(-1, 22, -1, 22),
  UMOUNT2(166, 52, 39, 52),
  PIVOT_ROOT(155, 217, 41, 218),
  MOUNT_SETATTR(442, 442, 442, 442),
  MOVE_MOUNT(429, 429, 429, 429),
  OPEN_TREE(428, 428, 428, 428),
  FSOPEN(430, 430, 430, 430),
  FSCONFIG(431, 431, 431, 431),
  FSMOUNT(432, 432, 432, 432),
  FSPICK(433, 433, 433, 433),
  NFSSERVCTL(180, 169, 42, 169),
  OPEN_BY_HANDLE_AT(304, 342, 265, 371),
  PERF_EVENT_OPEN(298, 336, 241, 364),
  PIDFD_GETFD(438, 438, 438, 438),
  PROCESS_MADVISE(440, 440, 440, 440),
  QUOTACTL(179, 131, 60, 131),
  QUOTACTL_FD(443, 443, 443, 443),
  REBOOT(169, 88, 142, 88),
  SETNS(308, 346, 268, 375),
  UNSHARE(272, 310, 97, 337),
  /**
   * Says which call in memory, out of a filter's sight; the C libraries have not used it for years.
   */
  SOCKETCALL(-1, 102, -1, -1),
  SETTIMEOFDAY(164, 79, 170, 79),
  STIME(-1, 25, -1, 25),
  SWAPON(167, 87, 224, 87),
  SWAPOFF(168, 115, 225, 115),
  SYSFS(139, 135, -1, 135),
  SYSCTL(156, 149, -1, 149),
  SYSLOG(103, 103, 116, 103),
  USERFAULTFD(323, 374, 282, 388),
  USELIB(134, 86, -1, 86),
  USTAT(136, 62, -1, 62),
  VHANGUP(153, 111, 58, 111),
  VM86(-1, 166, -1, -1),
  VM86OLD(-1, 113, -1, -1),
  IO_URING_SETUP(425, 425, 425, 425),
  IO_URING_ENTER(426, 426, 426, 426),
  IO_URING_REGISTER(427, 427, 427, 427),
  FANOTIFY_INIT(300, 338, 262, 367),
  SETHOSTNAME(170, 74, 161, 74),
  SETDOMAINNAME(171, 121, 162, 121);

  private final int x8664;
  private final int i386;
  private final int aarch64;
  private final int arm;

  DeniedCall(int x8664, int i386, int aarch64, int arm) {
    this.x8664 = x8664;
    this.i386 = i386;
    this.aarch64 = aarch64;
    this.arm = arm;
  }

  /** As programs write it, {@code mount}. */
  public String label() {
    return this == SYSCTL ? "_sysctl" : name().toLowerCase(Locale.ROOT);
  }

  /** The call's number, or -1 where the machine has no such call. */
  public int number(Machine machine) {
    switch (machine) {
      case X86_64:
        return x8664;
      case I386:
        return i386;
      case AARCH64:
        return aarch64;
      default:
        return arm;
    }
  }
}
