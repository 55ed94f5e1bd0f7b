package dev.slipway.session;

import dev.slipway.BuilderSettings;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.CancelledException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.store.Store;
import dev.slipway.worker.WorkerClient;
import dev.slipway.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The helper process of a build, started when it is first wanted. Thread-safe. */
final class SandboxSession implements AutoCloseable {
  private static final List<String> SYSTEM_PATH =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private final BuilderSettings settings;
  private final Store store;
  private final SandboxKind kind;
  private final Executor executor;
  private final List<CompletableFuture<Void>> endings = new ArrayList<>();
  private @Nullable WorkerClient worker;
  private boolean closed;

  SandboxSession(BuilderSettings settings, Store store, SandboxKind kind, Executor executor) {
    this.settings = settings;
    this.store = store;
    this.kind = kind;
    this.executor = executor;
  }

  /**
   * The driver of that name.
   *
   * @throws BuildException if there is none
   */
  static SandboxKind kind(String driver) {
    SandboxKind known = SandboxKind.of(driver);
    if (known == null) {
      List<String> names = new ArrayList<>();
      for (SandboxKind each : SandboxKind.values()) {
        names.add(each.label());
      }
      throw new BuildException(
          "sandbox '" + driver + "' is not supported, expected " + String.join(", ", names));
    }
    return known;
  }

  SandboxKind kind() {
    return kind;
  }

  /**
   * @throws CancelledException if the build has ended, as it may have when it is asked for early
   */
  synchronized WorkerClient worker() {
    if (closed) {
      throw new CancelledException();
    }
    if (worker == null) {
      worker = WorkerClient.start(workerSettings(store.workerDirectory()));
    }
    return worker;
  }

  private WorkerSettings workerSettings(Path directory) {
    return new WorkerSettings(settings.workerJvm(), directory, kind, searchPath());
  }

  /** The user's own path, then where system programs are, which his may lack. */
  private List<Path> searchPath() {
    List<Path> path = new ArrayList<>();
    for (String directory : settings.environment().getOrDefault("PATH", "").split(":")) {
      if (directory.startsWith("/")) {
        path.add(Path.of(directory));
      }
    }
    for (String directory : SYSTEM_PATH) {
      path.add(Path.of(directory));
    }
    return path;
  }

  /** How ids on disk stand for ids in layers: an ordinary user's are his subordinate ones. */
  String idMapping() {
    return WorkerClient.idMappingOf(workerSettings(store.directory()));
  }

  /** Lets the process end beside other work; who asks for it again gets another. */
  synchronized void release() {
    if (worker != null) {
      endings.add(CompletableFuture.runAsync(worker::close, executor));
      worker = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (worker != null) {
      worker.close(); // here: the executor may take no more work by now
      worker = null;
    }
    endings.forEach(CompletableFuture::join);
  }
}
