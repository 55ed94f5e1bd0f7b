package dev.slipway.cli;

import dev.slipway.sandbox.SandboxKind;
import dev.slipway.store.DirectoryRemover;
import dev.slipway.store.Store;
import dev.slipway.worker.WorkerClient;
import dev.slipway.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes unpacked layers through a worker, which may delete what belongs to an ordinary user's
 * further ids. The worker is started when there is something to delete.
 */
final class WorkerRemover implements DirectoryRemover, AutoCloseable {
  private final Surroundings surroundings;
  private final Store store;
  private @Nullable WorkerClient worker;

  WorkerRemover(Surroundings surroundings, Store store) {
    this.surroundings = surroundings;
    this.store = store;
  }

  @Override
  public synchronized void remove(Path directory) {
    if (worker == null) {
      worker =
          WorkerClient.startToDelete(
              new WorkerSettings(
                  surroundings.workerJvm(),
                  store.workerDirectory(),
                  SandboxKind.AUTO,
                  surroundings.searchPath()));
    }
    worker.delete(List.of(directory));
  }

  @Override
  public synchronized void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
