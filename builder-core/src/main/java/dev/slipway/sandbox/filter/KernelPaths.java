package dev.slipway.sandbox.filter;

import java.util.List;

/**
 * Paths of the kernel's own file systems, relative to the root, that a step may not use as they
 * are.
 */
public final class KernelPaths {
  /** Of files and directories that tell of the host. */
  public static final List<String> HIDDEN =
      List.of(
          "proc/acpi",
          "proc/asound",
          "proc/interrupts",
          "proc/kcore",
          "proc/keys",
          "proc/latency_list",
          "proc/sched_debug",
          "proc/scsi",
          "proc/timer_list",
          "proc/timer_stats",
          "sys/devices/virtual/powercap",
          "sys/firmware");

  /** Of those that change the host. */
  public static final List<String> READ_ONLY =
      List.of("proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger");

  private KernelPaths() {}
}
