package dev.slipway.sandbox.filter;

import java.util.Locale;

/** What a root user may do in a step: the capabilities of Docker's containers. */
public enum ContainerCapability {
  CHOWN(0),
  DAC_OVERRIDE(1),
  FOWNER(3),
  FSETID(4),
  KILL(5),
  SETGID(6),
  SETUID(7),
  SETPCAP(8),
  NET_BIND_SERVICE(10),
  NET_RAW(13),
  SYS_CHROOT(18),
  MKNOD(27),
  AUDIT_WRITE(29),
  SETFCAP(31);

  private final int number;

  ContainerCapability(int number) {
    this.number = number;
  }

  /** As programs write it, {@code CAP_CHOWN}. */
  public String label() {
    return "CAP_" + name().toUpperCase(Locale.ROOT);
  }

  /** All of them, a bit each. */
  public static long bits() {
    long bits = 0;
    for (ContainerCapability capability : values()) {
      bits |= 1L << capability.number;
    }
    return bits;
  }
}
