package dev.slipway;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.registry.CredentialSource;
import dev.slipway.registry.DockerConfig;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.RegistryConnections;
import dev.slipway.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds container images. Thread-safe: builds may run at once, also those of several builders on
 * one store. Closing it closes its connections and ends its threads; builds that run fail.
 */
public final class ImageBuilder implements AutoCloseable {
  private final BuilderSettings settings;
  private final ExecutorService executor;
  private final RegistryConnections connections;

  private ImageBuilder(BuilderSettings settings) {
    this.settings = settings;
    AtomicInteger threads = new AtomicInteger();
    // Stages wait for each other on their threads, so the number of threads must have no limit.
    this.executor =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "slipway-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.connections = new RegistryConnections(registryOptions(settings));
  }

  /** Costs next to nothing: files, connections and processes are opened by builds. */
  public static ImageBuilder open(BuilderSettings settings) {
    return new ImageBuilder(settings);
  }

  private static RegistryOptions registryOptions(BuilderSettings settings) {
    BuilderSettings.RegistrySettings registries = settings.registries();
    Map<String, List<String>> mirrors = new HashMap<>();
    registries.mirrors().forEach((host, mirror) -> mirrors.put(host, List.of(mirror)));
    List<Path> authorities = new ArrayList<>();
    registries.certificateAuthorities().ifPresent(authorities::add);
    return RegistryOptions.builder()
        .plainHttp(registries.plainHttp())
        .mirrors(mirrors)
        .certificateAuthorities(authorities)
        .proxies(Proxies.of(settings.environment()))
        .build();
  }

  /**
   * Builds what {@code request} asks for and writes its outputs. An interrupt of the calling thread
   * cancels the build.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws CancelledException if cancelled
   * @throws BuildException if anything else stops it
   */
  public BuildResult build(
      BuildRequest request, BuildListener listener, Cancellation cancellation) {
    // A failure stops what else runs in this build, but must not cancel what the caller shares.
    Cancellation own = new Cancellation();
    Cancellation.Registration link = cancellation.onCancel(own::cancel);
    try {
      return await(CompletableFuture.supplyAsync(() -> run(request, listener, own), executor), own);
    } finally {
      link.close();
    }
  }

  private BuildResult run(BuildRequest request, BuildListener listener, Cancellation cancellation) {
    cancellation.check();
    RegistryClient registries = new RegistryClient(connections, credentials(), cancellation);
    try (BuildSession session =
        new BuildSession(settings, request, registries, executor, listener, cancellation)) {
      return session.run();
    } catch (CancelledException e) {
      throw e;
    } catch (BuildException e) {
      if (cancellation.isCancelled() && e.getCause() instanceof CancelledException cancelled) {
        throw cancelled;
      }
      throw e;
    }
  }

  private CredentialSource credentials() {
    String configured = settings.environment().getOrDefault("DOCKER_CONFIG", "");
    Path directory =
        configured.isEmpty() ? settings.userHome().resolve(".docker") : Path.of(configured);
    return new DockerConfig(directory, settings.environment());
  }

  /** Waits on a thread that may be interrupted, while the build's own threads never are. */
  private static BuildResult await(CompletableFuture<BuildResult> build, Cancellation own) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return build.get();
        } catch (InterruptedException e) {
          interrupted = true;
          own.cancel();
        } catch (ExecutionException e) {
          if (interrupted) {
            throw new CancelledException();
          }
          throw unchecked(e.getCause() == null ? e : e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      connections.close();
    } catch (IOException e) {
      // Nothing more is sent; what the other side makes of it is its own affair.
    }
  }
}
