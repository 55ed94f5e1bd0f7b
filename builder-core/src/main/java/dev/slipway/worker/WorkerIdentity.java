package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who starts the worker, and which ids a user namespace of his may have.
 *
 * @param uid of this process
 * @param user its name
 * @param mountsAllowed whether this process may mount in the namespace that it is in
 * @param isFiltered whether a system call filter holds this process, as in a container
 * @param uids subordinate ids, or null where the machine has none for the user
 * @param architecture of this machine, as JNA names it
 */
record WorkerIdentity(
    int uid,
    int gid,
    String user,
    boolean mountsAllowed,
    boolean isFiltered,
    @Nullable IdRange uids,
    @Nullable IdRange gids,
    String architecture) {
  /** Where the kernel tells a process about itself. */
  static final Path SELF = Path.of("/proc/self");

  /** The mapping's name where ids on disk are those in layers. */
  static final String ALL_IDS = "root";

  private static final int MACHINE_OFFSET = 18;
  private static final int MACHINE_AARCH64 = 183;
  private static final int SYS_ADMIN = 21;

  /** Ids of the host that a user may give to his processes. */
  record IdRange(long first, long count) {
    @Override
    public String toString() {
      return first + "." + count;
    }
  }

  /**
   * Of this process, as the kernel has it.
   *
   * @throws SandboxException where the kernel is not Linux
   */
  static WorkerIdentity current() {
    return of(SELF);
  }

  static WorkerIdentity of(Path self) {
    if (!Files.exists(self)) {
      throw new SandboxException(
          "steps cannot run on this machine: it is not Linux",
          "what has no RUN is built on any system");
    }
    try {
      int uid = (int) Files.getAttribute(self, "unix:uid");
      int gid = (int) Files.getAttribute(self, "unix:gid");
      List<String> status = Files.readAllLines(self.resolve("status"), StandardCharsets.ISO_8859_1);
      String user = Files.getOwner(self).getName();
      return new WorkerIdentity(
          uid,
          gid,
          user,
          uid == 0 && hasCapability(status, SYS_ADMIN),
          "2".equals(value(status, "Seccomp:")),
          range(Path.of("/etc/subuid"), user, uid),
          range(Path.of("/etc/subgid"), user, uid),
          architectureOf(self.resolve("exe")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasCapability(List<String> status, int capability) {
    String bits = value(status, "CapEff:");
    return bits != null && (Long.parseUnsignedLong(bits, 16) >> capability & 1) == 1;
  }

  private static @Nullable String value(List<String> status, String key) {
    for (String line : status) {
      if (line.startsWith(key)) {
        return line.substring(key.length()).strip();
      }
    }
    return null;
  }

  /** The first range of the user's in a file as {@code /etc/subuid}. */
  private static @Nullable IdRange range(Path file, String user, int uid) throws IOException {
    if (!Files.isReadable(file)) {
      return null;
    }
    List<String> owners = List.of(user, Integer.toUnsignedString(uid));
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      String[] parts = line.strip().split(":");
      if (parts.length == 3 && owners.contains(parts[0])) {
        try {
          return new IdRange(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException e) {
          return null; // as newuidmap would find
        }
      }
    }
    return null;
  }

  /** Of an ELF program. */
  private static String architectureOf(Path program) throws IOException {
    try (InputStream in = Files.newInputStream(program)) {
      byte[] header = in.readNBytes(MACHINE_OFFSET + 1);
      boolean arm = (header[MACHINE_OFFSET] & 0xff) == MACHINE_AARCH64;
      return arm ? "linux-aarch64" : "linux-x86-64";
    }
  }

  /** What layer directories of this identity are found by. */
  String mappingName(boolean mapsSubordinates) {
    if (mountsAllowed) {
      return ALL_IDS;
    }
    String name = "u" + Integer.toUnsignedString(uid);
    return mapsSubordinates ? name + "-" + uids + "-" + gids : name;
  }
}
