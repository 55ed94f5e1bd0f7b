package dev.slipway.worker;

import dev.slipway.sandbox.LayerDirectories;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.StepOutput;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.StepRunner;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A worker process, seen from the process that needs it. Starting returns at once; the first
 * request waits until the worker answers. Thread-safe. Closing ends the worker and every step.
 */
public final class WorkerClient implements StepRunner, LayerDirectories, AutoCloseable {
  private final WorkerSettings settings;

  private WorkerClient(WorkerSettings settings) {
    this.settings = settings;
  }

  /** Starts a worker in the background. */
  public static WorkerClient start(WorkerSettings settings) {
    return new WorkerClient(settings);
  }

  @Override
  public RunningStep start(StepRequest request, StepOutput output) {
    throw new SandboxException("cannot run steps yet in " + settings.kind().label());
  }

  @Override
  public void unpack(Path blob, Path directory) {
    throw new SandboxException("cannot unpack yet");
  }

  @Override
  public void unpack(TarSource tar, Path directory) {
    throw new SandboxException("cannot unpack yet");
  }

  @Override
  public InputStream read(Path directory, byte[] path) {
    throw new SandboxException("cannot read yet");
  }

  @Override
  public void delete(List<Path> directories) {
    throw new SandboxException("cannot delete yet");
  }

  @Override
  public void close() {}
}
