package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuilderSettings;
import dev.slipway.CheckResult;
import dev.slipway.PinnedDockerfile;
import dev.slipway.PlanSource;
import dev.slipway.diagnostic.Awaited;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.lint.Outline;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.registry.RegistryClient;
import dev.slipway.session.input.SessionInputs;
import dev.slipway.session.request.HostPlatform;
import dev.slipway.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Runs the sessions of one builder, each on a thread of the builder's own: an interrupt of the
 * calling thread cancels a session and never reaches its files. {@link dev.slipway.ImageBuilder}
 * gives the contract of each method. Thread-safe.
 */
public final class Sessions implements AutoCloseable {
  private final BuilderSettings settings;
  private final ExecutorService executor;
  private final RegistryAccess registryAccess;
  private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

  public Sessions(BuilderSettings settings) {
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
    this.registryAccess = new RegistryAccess(settings);
  }

  public BuildResult build(
      BuildRequest request, BuildListener listener, Cancellation cancellation) {
    return build(request, listener, cancellation, BuildSession::run);
  }

  /** Builds; once more without shared caches where they do not hold what they promised. */
  private BuildResult build(
      BuildRequest request,
      BuildListener listener,
      Cancellation cancellation,
      Function<BuildSession, BuildResult> work) {
    try {
      return run(
          request,
          listener,
          cancellation,
          resources -> work.apply(new BuildSession(resources, listener)));
    } catch (UnusableCacheException e) {
      return run(
          request.withoutCacheFrom(),
          listener,
          cancellation,
          resources -> {
            BuildSession session = new BuildSession(resources, listener);
            session.warn(
                Diagnostic.warning(
                    "the build begins again without --cache-from: " + e.getMessage(), null));
            return work.apply(session);
          });
    }
  }

  public BuildResult build(
      PlanSource plans, BuildRequest request, BuildListener listener, Cancellation cancellation) {
    return build(request, listener, cancellation, session -> session.run(plans));
  }

  public BuildResult squash(
      String image, BuildRequest request, BuildListener listener, Cancellation cancellation) {
    ImageSquash.Order order = completed(image, request, cancellation);
    return run(
        order.request(),
        listener,
        cancellation,
        resources -> new ImageSquash(image, resources).run(listener, order.leftOut()));
  }

  private ImageSquash.Order completed(
      String image, BuildRequest request, Cancellation cancellation) {
    Platform own = HostPlatform.of(settings.architecture());
    try (Store store = Store.open(settings.storeDirectory(), settings.clock());
        ImageSource source =
            ImageOrigins.existingImages(settings, registryAccess.client(cancellation), store)
                .open(image, own)) {
      return ImageSquash.completed(request, source, own);
    } catch (IOException e) {
      throw new BuildException("cannot read \"" + image + "\": " + FileRefusal.reason(e), e);
    }
  }

  public PinnedDockerfile pin(BuildRequest request, Cancellation cancellation) {
    return run(
        request,
        BuildListener.SILENT,
        cancellation,
        resources -> {
          try (SessionInputs inputs = resources.openInputs()) {
            return DockerfilePins.pin(inputs.dockerfile(), resources.registries);
          }
        });
  }

  public CheckResult check(BuildRequest request, Cancellation cancellation) {
    return inspect(request, cancellation, DockerfileInspection::check);
  }

  public Outline outline(BuildRequest request, Cancellation cancellation) {
    return inspect(request, cancellation, DockerfileInspection::outline);
  }

  public List<Outline.Target> targets(BuildRequest request, Cancellation cancellation) {
    return inspect(request, cancellation, DockerfileInspection::targets);
  }

  private <T> T inspect(
      BuildRequest request, Cancellation cancellation, Function<DockerfileInspection, T> question) {
    return run(
        request,
        BuildListener.SILENT,
        cancellation,
        resources -> question.apply(new DockerfileInspection(resources)));
  }

  private <T> T run(
      BuildRequest request,
      BuildListener listener,
      Cancellation cancellation,
      Function<SessionResources, T> work) {
    // A failure stops what else runs in this build, but must not cancel what the caller shares.
    Cancellation own = new Cancellation();
    Cancellation.Registration link = cancellation.onCancel(own::cancel);
    running.add(own);
    try {
      return await(
          CompletableFuture.supplyAsync(() -> runInSession(request, listener, own, work), executor),
          own);
    } finally {
      running.remove(own);
      link.close();
    }
  }

  private <T> T runInSession(
      BuildRequest request,
      BuildListener listener,
      Cancellation cancellation,
      Function<SessionResources, T> work) {
    cancellation.check();
    RegistryClient registries = registryAccess.client(cancellation);
    try (SessionResources resources =
        SessionResources.open(settings, request, registries, executor, listener, cancellation)) {
      return work.apply(resources);
    } catch (CancelledException e) {
      throw e;
    } catch (RejectedExecutionException e) {
      throw cancellation.isCancelled() || executor.isShutdown() ? new CancelledException() : e;
    } catch (BuildException e) {
      if (cancellation.isCancelled() && e.getCause() instanceof CancelledException cancelled) {
        throw cancelled;
      }
      throw e;
    }
  }

  /** Waits on a thread that may be interrupted, while the build's own threads never are. */
  private static <T> T await(CompletableFuture<T> build, Cancellation own) {
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
          throw Awaited.failure(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    executor.shutdown(); // first: what is accepted before is among those that run
    running.forEach(Cancellation::cancel);
    registryAccess.close();
  }
}
