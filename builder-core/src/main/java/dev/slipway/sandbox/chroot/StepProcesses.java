package dev.slipway.sandbox.chroot;

import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes of a step. There is no PID namespace to end them all: instead this process adopts
 * what they leave behind, so that every child of it is the step's.
 */
final class StepProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final long PAUSE_NANOS = 500_000;

  StepProcesses() throws LinuxException {
    Processes.adoptOrphans();
  }

  /** Waits for the step's first process, then ends all others; returns its exit code. */
  int await(int pid) throws IOException {
    int exitCode = Processes.await(pid);
    while (Processes.hasChildrenAfterReaping()) {
      killDescendants();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return exitCode;
  }

  /** Again and again, for a process may start others until it ends. */
  private static void killDescendants() throws IOException {
    long self = ProcessHandle.current().pid();
    Set<Long> family = new HashSet<>();
    family.add(self);
    boolean more = true;
    while (more) {
      more = false;
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
        for (Path process : processes) {
          long pid = Long.parseLong(process.getFileName().toString());
          if (!family.contains(pid) && family.contains(parent(process))) {
            family.add(pid);
            more = true;
            kill((int) pid);
          }
        }
      }
    }
  }

  static void kill(int pid) {
    try {
      Processes.kill(pid, Processes.SIGKILL);
    } catch (LinuxException e) {
      // it has ended by itself
    }
  }

  /** The parent, or -1 where the process has ended. Its name, in parentheses, may hold anything. */
  private static long parent(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[1]);
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }
}
