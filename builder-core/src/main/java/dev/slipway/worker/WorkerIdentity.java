package dev.slipway.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who starts the worker.
 *
 * @param uid of this process
 * @param architecture of this machine, as JNA names it
 */
record WorkerIdentity(int uid, String architecture) {
  private static final int MACHINE_OFFSET = 18;
  private static final int MACHINE_AARCH64 = 183;

  /** Of this process, as the kernel has it. */
  static WorkerIdentity current() {
    try {
      int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return new WorkerIdentity(uid, architectureOf(Path.of("/proc/self/exe")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of an ELF program. */
  private static String architectureOf(Path program) throws IOException {
    try (InputStream in = Files.newInputStream(program)) {
      byte[] header = in.readNBytes(MACHINE_OFFSET + 1);
      boolean arm = (header[MACHINE_OFFSET] & 0xff) == MACHINE_AARCH64;
      return arm ? "linux-aarch64" : "linux-x86-64";
    }
  }

  boolean isRoot() {
    return uid == 0;
  }

  /** What layer directories of this identity are found by. */
  String mappingName() {
    return isRoot() ? "root" : "user-" + uid;
  }
}
