package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Namespaces;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox.Streams;
import dev.slipway.sandbox.SandboxException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Starts a step's program with limits: its process waits at a FIFO until they are set. */
final class LimitedStart implements AutoCloseable {
  private static final byte[] NAME = PathBytes.of(".limits");
  private static final byte[] PATH = PathBytes.of("/dev/.limits");

  private final LimitSetter setter;
  private final ProcessSpec process;
  private final int holder;
  private final int devices;
  private final int gate;

  private LimitedStart(LimitSetter setter, ProcessSpec process, int holder, int devices, int gate) {
    this.setter = setter;
    this.process = process;
    this.holder = holder;
    this.devices = devices;
    this.gate = gate;
  }

  /**
   * @param root where the root filesystem is mounted, with its {@code /dev}
   */
  static LimitedStart prepare(LimitSetter setter, ProcessSpec process, int holder, Path root)
      throws LinuxException {
    int flags = Descriptors.PATH | Descriptors.DIRECTORY | Descriptors.NO_FOLLOW;
    byte[] path = PathBytes.of(root.resolve("dev"));
    int devices = Descriptors.open(Descriptors.WORKING_DIRECTORY, path, flags, 0);
    try {
      Inodes.makeNode(devices, NAME, FileStatus.FIFO | 0644, 0, 0);
      int gate = Descriptors.open(devices, NAME, Descriptors.PATH, 0);
      return new LimitedStart(setter, process, holder, devices, gate);
    } catch (LinuxException e) {
      Descriptors.close(devices);
      throw e;
    }
  }

  int spawn(Program program, Streams streams) throws LinuxException {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    setter.submit(new LimitSetter.Job(Namespaces.threadId(), holder, gate, process, done));
    int pid;
    try {
      pid = Processes.spawnBehindGate(program, PATH, streams.output(), streams.error());
    } catch (LinuxException e) {
      done.complete(false);
      throw e;
    }
    try {
      done.join();
      return pid;
    } catch (CompletionException e) {
      Processes.await(pid);
      if (e.getCause() instanceof SandboxException cause) {
        throw new SandboxException(String.valueOf(cause.getMessage()), cause.hint(), cause);
      }
      throw new SandboxException("cannot set the limits of a step", null, e.getCause());
    }
  }

  @Override
  public void close() {
    Descriptors.close(gate);
    Descriptors.close(devices);
  }
}
