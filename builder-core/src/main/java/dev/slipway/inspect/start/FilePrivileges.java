package dev.slipway.inspect.start;

import dev.slipway.tree.Metadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What a program gains when it is executed: setuid and setgid bits, capabilities(7). */
final class FilePrivileges {
  private static final String ATTRIBUTE = "security.capability";
  private static final int SETUID = 04000;
  private static final int SETGID_OF_PROGRAM = 02010;
  private static final int EFFECTIVE = 1;

  private static final List<String> NAMES =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "KILL",
          "SETGID",
          "SETUID",
          "SETPCAP",
          "LINUX_IMMUTABLE",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_ADMIN",
          "NET_RAW",
          "IPC_LOCK",
          "IPC_OWNER",
          "SYS_MODULE",
          "SYS_RAWIO",
          "SYS_CHROOT",
          "SYS_PTRACE",
          "SYS_PACCT",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_NICE",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "MKNOD",
          "LEASE",
          "AUDIT_WRITE",
          "AUDIT_CONTROL",
          "SETFCAP",
          "MAC_OVERRIDE",
          "MAC_ADMIN",
          "SYSLOG",
          "WAKE_ALARM",
          "BLOCK_SUSPEND",
          "AUDIT_READ",
          "PERFMON",
          "BPF",
          "CHECKPOINT_RESTORE");

  /** What Docker and containerd let a container have that asks for nothing. */
  private static final List<String> USUAL =
      List.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "SETGID",
          "SETUID",
          "SETPCAP",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SYS_CHROOT",
          "MKNOD",
          "AUDIT_WRITE",
          "SETFCAP");

  private final Metadata file;
  private final boolean effective;
  private final long permitted;

  FilePrivileges(Metadata file) {
    this.file = file;
    byte[] value = file.xattrs().get(ATTRIBUTE);
    if (value == null || value.length < 12) {
      effective = false;
      permitted = 0;
      return;
    }
    ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    effective = (words.getInt(0) & EFFECTIVE) != 0;
    long high = value.length >= 20 ? words.getInt(12) : 0;
    permitted = words.getInt(4) & 0xffffffffL | high << 32;
  }

  /**
   * The capabilities without which the kernel does not execute it, and that containers have only
   * where somebody asks for them: the file must have all of its own, or none takes effect by
   * itself.
   */
  List<String> unusual() {
    List<String> unusual = new ArrayList<>();
    for (int i = 0; effective && i < NAMES.size(); i++) {
      if ((permitted >> i & 1) != 0 && !USUAL.contains(NAMES.get(i))) {
        unusual.add("CAP_" + NAMES.get(i));
      }
    }
    return unusual;
  }

  /** {@code AT_SECURE}: whether loaders must not trust the environment of who executes it. */
  boolean isSecure(Identity identity) {
    boolean otherUser = (file.mode() & SETUID) != 0 && file.uid() != identity.uid();
    boolean otherGroup =
        (file.mode() & SETGID_OF_PROGRAM) == SETGID_OF_PROGRAM
            && !identity.gids().contains(file.gid());
    boolean gains = identity.uid() != 0 && (effective || permitted != 0);
    return otherUser || otherGroup || gains;
  }
}
