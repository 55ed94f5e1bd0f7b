package dev.slipway.sandbox.chroot;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a step in another root directory and nothing more. A thread cannot have a root directory of
 * its own where {@code unshare} is forbidden, so a JVM is started that becomes the program. Steps
 * must run one after the other: what one leaves running could not be told from another's.
 */
public final class ChrootSandbox implements Sandbox {
  /** The descriptor to which the started JVM writes why there is no program; then a hint. */
  public static final int FAILURE = 3;

  /** The descriptor from which it reads the process. */
  public static final int PROCESS = 4;

  private static final int BUFFER_SIZE = 32 << 10;

  private final List<String> command;
  private final Encoding encoding;
  private final StepProcesses processes;

  /** A process as bytes. */
  @FunctionalInterface
  public interface Encoding {
    byte[] encode(ProcessSpec process) throws IOException;
  }

  /**
   * @param command starts a JVM that reads the process and calls {@link ChrootedProgram}; the root
   *     directory becomes its last argument
   * @throws SandboxException where the kernel does not let this process see to what steps leave
   */
  public ChrootSandbox(List<String> command, Encoding encoding) {
    this.command = List.copyOf(command);
    this.encoding = encoding;
    try {
      processes = new StepProcesses();
    } catch (LinuxException e) {
      throw new SandboxException("cannot run steps: " + e.getMessage(), null, e);
    }
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.CHROOT;
  }

  @Override
  public int run(PreparedRoot root, ProcessSpec process, Streams streams, Ending ending)
      throws IOException {
    refuseWhatNeedsNamespaces(process);
    List<String> words = new ArrayList<>(command);
    words.add(root.path().toString());
    Program java = Program.of(words.get(0), words, List.of("LC_ALL=C.UTF-8"));
    byte[] encoded = encoding.encode(process);
    int[][] pipes = Descriptors.twoPipes();
    int[] failure = pipes[0];
    int[] input = pipes[1];
    int pid;
    try {
      pid = Processes.spawn(java, -1, streams.output(), streams.error(), failure[1], input[0]);
    } catch (LinuxException e) {
      Descriptors.close(input[1]);
      Descriptors.close(failure[0]);
      throw e;
    } finally {
      Descriptors.close(failure[1]);
      Descriptors.close(input[0]);
    }
    ending.onRequest(() -> StepProcesses.kill(pid));
    try {
      String said = tell(encoded, input[1], failure[0]);
      int exitCode = processes.await(pid);
      if (!said.isEmpty()) {
        String[] parts = said.split("\0", 2);
        throw new SandboxException(parts[0], parts.length > 1 ? parts[1] : null);
      }
      return exitCode;
    } finally {
      ending.done();
    }
  }

  /** Hands the process over; returns why it could not be executed, or nothing. Closes both. */
  private static String tell(byte[] encoded, int input, int failure) throws LinuxException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      try {
        for (int at = 0; at < encoded.length; at += BUFFER_SIZE) {
          buffer.write(input, encoded, at, Math.min(BUFFER_SIZE, encoded.length - at));
        }
      } finally {
        Descriptors.close(input);
      }
      byte[] bytes = new byte[BUFFER_SIZE];
      int count;
      while ((count = buffer.read(failure, bytes, 0, bytes.length)) > 0) {
        said.write(bytes, 0, count);
      }
    } finally {
      Descriptors.close(failure);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private static void refuseWhatNeedsNamespaces(ProcessSpec process) {
    String wanted =
        process.network() == ProcessSpec.Network.NONE
            ? "a step without a network"
            : process.hostname().equals(ProcessSpec.DEFAULT_HOSTNAME)
                ? null
                : "the host name '" + process.hostname() + "'";
    if (wanted != null) {
      throw new SandboxException(
          "--sandbox=chroot cannot give " + wanted + ", which takes namespaces",
          "leave it out, or build where namespaces can be had: slipway doctor tells what it takes");
    }
  }
}
