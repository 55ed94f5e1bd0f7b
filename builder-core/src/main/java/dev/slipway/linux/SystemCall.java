package dev.slipway.linux;

/** The numbers of the calls that are made here, for x86-64 and for the generic table of aarch64. */
enum SystemCall {
  UMASK(95, 166),
  CHDIR(80, 49),
  CHROOT(161, 51),
  CLOSE(3, 57),
  CLOSE_RANGE(436, 436),
  EXECVE(59, 221),
  FCHDIR(81, 50),
  FCHMODAT(268, 53),
  FCHMOD(91, 52),
  FCHOWNAT(260, 54),
  FCHOWN(93, 55),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSOPEN(430, 430),
  GETDENTS64(217, 61),
  GETTID(186, 178),
  IOCTL(16, 29),
  KILL(62, 129),
  LGETXATTR(192, 9),
  LINKAT(265, 37),
  LLISTXATTR(195, 12),
  LREMOVEXATTR(198, 15),
  LSETXATTR(189, 6),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  MOUNT(165, 40),
  MOUNT_SETATTR(442, 442),
  MOVE_MOUNT(429, 429),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  OPEN_TREE(428, 428),
  PIPE2(293, 59),
  PIVOT_ROOT(155, 41),
  PPOLL(271, 73),
  PRCTL(157, 167),
  PRLIMIT64(302, 261),
  READ(0, 63),
  READLINKAT(267, 78),
  RENAMEAT2(316, 276),
  RT_SIGPROCMASK(14, 135),
  SECCOMP(317, 277),
  SETGROUPS(116, 159),
  SETHOSTNAME(170, 161),
  SETRESGID(119, 149),
  SETRESUID(117, 147),
  SOCKET(41, 198),
  STATX(332, 291),
  SYMLINKAT(266, 36),
  UMOUNT2(166, 39),
  UNLINKAT(263, 35),
  UNSHARE(272, 97),
  UTIMENSAT(280, 88),
  WAIT4(61, 260),
  WRITE(1, 64);

  private final int x8664;
  private final int generic;

  SystemCall(int x8664, int generic) {
    this.x8664 = x8664;
    this.generic = generic;
  }

  int number() {
    return Libc.AARCH64 ? generic : x8664;
  }
}
