package dev.slipway.sandbox;

import java.io.IOException;

/**
 * A way to isolate a process. Used by the helper process only.
 *
 * <p>{@link #run} is called on a thread that has a mount namespace, working directory, root and
 * umask of its own and does nothing else afterwards: it may give away its privileges.
 */
public interface Sandbox {
  SandboxKind kind();

  /**
   * Runs the process to its end, and ends whatever it left running.
   *
   * @param streams where its output goes; not closed here
   * @param ending told how to end everything at once
   * @return the exit code, or 128 and the number of the signal
   * @throws SandboxException where the program is not to be found or cannot be executed
   */
  int run(PreparedRoot root, ProcessSpec process, Streams streams, Ending ending)
      throws IOException;

  /** Descriptors for a process' standard output and error. */
  record Streams(int output, int error) {}
}
