package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.SandboxException;
import java.util.List;

/**
 * The first process of a PID namespace: a {@code cat} that waits for a pipe to close. When it ends
 * the kernel ends every process of the namespace. It exists before the step does, because without
 * it the namespace's {@code /proc} cannot be mounted. It keeps all capabilities, so that a step may
 * not look into it.
 */
final class PidNamespaceHolder {
  private final int pid;
  private final int input;
  private final int output;
  private final Ending ending;

  private PidNamespaceHolder(int pid, int input, int output, Ending ending) {
    this.pid = pid;
    this.input = input;
    this.output = output;
    this.ending = ending;
  }

  /** Starts it as a child of the calling thread, which has unshared its PID namespace. */
  static PidNamespaceHolder start(HostPrograms programs, Ending ending) throws LinuxException {
    int[][] pipes = Descriptors.twoPipes();
    int[] input = pipes[0];
    int[] output = pipes[1];
    try {
      int pid =
          Processes.spawn(
              Program.of(programs.cat().toString(), List.of("cat"), List.of()),
              input[0],
              output[1],
              output[1]);
      PidNamespaceHolder holder = new PidNamespaceHolder(pid, input[1], output[0], ending);
      ending.onRequest(holder::kill);
      return holder;
    } catch (LinuxException e) {
      Descriptors.close(input[1]);
      Descriptors.close(output[0]);
      throw e;
    } finally {
      Descriptors.close(input[0]);
      Descriptors.close(output[1]);
    }
  }

  /**
   * Waits until it has loaded its libraries: a change of the root that comes before would take them
   * away from it. It answers what it is told.
   */
  void awaitLoaded() throws LinuxException {
    byte[] word = {'.'};
    try (TransferBuffer buffer = new TransferBuffer(word.length)) {
      buffer.write(input, word, 0, word.length);
      if (buffer.read(output, word, 0, word.length) == 0) {
        throw new SandboxException("the process that holds a step's PID namespace has ended");
      }
    }
  }

  int pid() {
    return pid;
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
    Descriptors.close(input);
    Descriptors.close(output);
    Processes.await(pid);
  }
}
