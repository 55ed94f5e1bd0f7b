package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.rootfs.StepRoot;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * A step in the worker. It runs from a thread that is given up for it: the thread gets a mount
 * namespace and whatever else the step has of its own, and ends with it.
 */
final class StepTask {
  private static final int BUFFER_SIZE = 32 << 10;

  private final StepRequest request;
  private final Ground ground;
  private final Ending ending;
  private final StepRoot root;
  private int exitCode;
  private @Nullable Throwable failure;

  /** Takes what the step prints. */
  @FunctionalInterface
  interface Output {
    void take(boolean error, byte[] bytes, int length) throws IOException;
  }

  /**
   * @param root made by the ground for the request; closed by the caller
   */
  StepTask(StepRequest request, Ground ground, StepRoot root, Ending ending) {
    this.request = request;
    this.ground = ground;
    this.root = root;
    this.ending = ending;
  }

  /** Runs the step to its end; returns its exit code. */
  int run(Output output) throws IOException {
    if (!Files.isDirectory(request.work())) {
      Files.createDirectory(request.work());
    }
    int[][] pipes = Descriptors.twoPipes();
    int[] out = pipes[0];
    int[] error = pipes[1];
    Thread thread =
        new Thread(null, () -> runAndClose(new Sandbox.Streams(out[1], error[1])), "step");
    boolean printed = false;
    try {
      thread.start();
      pump(out[0], error[0], output);
      printed = true;
    } finally {
      if (!printed) {
        ending.request(); // nobody hears it any more
      }
      Descriptors.close(out[0]);
      Descriptors.close(error[0]);
      join(thread);
      root.release();
    }
    rethrow();
    return exitCode;
  }

  private void runAndClose(Sandbox.Streams streams) {
    try {
      ground.prepareThread();
      PreparedRoot prepared = root.prepare();
      giveToUser(streams);
      exitCode = ground.sandbox().run(prepared, request.process(), streams, ending);
    } catch (Throwable e) {
      failure = e;
    } finally {
      Descriptors.close(streams.output());
      Descriptors.close(streams.error());
    }
  }

  /** Only who owns a pipe may open it again, as {@code tee /dev/stderr} does. */
  private void giveToUser(Sandbox.Streams streams) {
    int uid = request.process().uid();
    if (uid == 0) {
      return;
    }
    try {
      Inodes.changeOwner(streams.output(), uid, Inodes.UNCHANGED);
      Inodes.changeOwner(streams.error(), uid, Inodes.UNCHANGED);
    } catch (LinuxException e) {
      // an id that this builder does not have: told where the step should become that user
    }
  }

  private static void pump(int out, int error, Output output) throws IOException {
    int[] open = {out, error};
    byte[] bytes = new byte[BUFFER_SIZE];
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      while (open[0] >= 0 || open[1] >= 0) {
        boolean[] ready = Descriptors.awaitReadable(open);
        for (int i = 0; i < open.length; i++) {
          if (ready[i]) {
            int count = buffer.read(open[i], bytes, 0, bytes.length);
            if (count == 0) {
              open[i] = -1;
            } else {
              output.take(i == 1, bytes, count);
            }
          }
        }
      }
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() throws IOException {
    Throwable thrown = failure;
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }
}
