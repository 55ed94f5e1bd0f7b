package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import dev.slipway.sandbox.Ending;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first process of a PID namespace: a {@code cat} that waits for a pipe to close. When it ends
 * the kernel ends every process of the namespace. It exists before the step does, because without
 * it the namespace's {@code /proc} cannot be mounted. It keeps all capabilities, so that a step may
 * not look into it.
 */
final class PidNamespaceHolder {
  private final int pid;
  private final int writingEnd;
  private final Ending ending;

  private PidNamespaceHolder(int pid, int writingEnd, Ending ending) {
    this.pid = pid;
    this.writingEnd = writingEnd;
    this.ending = ending;
  }

  /** Starts it as a child of the calling thread, which has unshared its PID namespace. */
  static PidNamespaceHolder start(HostPrograms programs, Ending ending) throws LinuxException {
    int[] pipe = Descriptors.pipe();
    int nowhere = -1;
    try {
      nowhere =
          Descriptors.open(Descriptors.WORKING_DIRECTORY, bytes("/dev/null"), Descriptors.WRITE, 0);
      int pid =
          Processes.spawn(
              bytes(programs.cat().toString()),
              List.of(bytes("cat")),
              List.of(),
              pipe[0],
              nowhere,
              nowhere);
      PidNamespaceHolder holder = new PidNamespaceHolder(pid, pipe[1], ending);
      ending.onRequest(holder::kill);
      return holder;
    } catch (LinuxException e) {
      Descriptors.close(pipe[1]);
      throw e;
    } finally {
      Descriptors.close(pipe[0]);
      if (nowhere >= 0) {
        Descriptors.close(nowhere);
      }
    }
  }

  /** From a thread that has kept its privileges. */
  private void kill() {
    try {
      Processes.kill(pid, Processes.SIGKILL);
    } catch (LinuxException e) {
      // it has ended by itself
    }
  }

  /** Ends every process of the namespace; possible without privileges too. */
  void close() throws LinuxException {
    ending.done();
    Descriptors.close(writingEnd);
    Processes.await(pid);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
