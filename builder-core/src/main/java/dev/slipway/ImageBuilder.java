package dev.slipway;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.lint.Outline;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.registry.RegistryClient;
import dev.slipway.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Builds container images. Thread-safe: builds may run at once, also those of several builders on
 * one store. Closing it closes its connections and ends its threads; builds that run fail.
 */
public final class ImageBuilder implements AutoCloseable {
  private final BuilderSettings settings;
  private final ExecutorService executor;
  private final RegistryAccess registryAccess;

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
    this.registryAccess = new RegistryAccess(settings);
  }

  /** Costs next to nothing: files, connections and processes are opened by builds. */
  public static ImageBuilder open(BuilderSettings settings) {
    return new ImageBuilder(settings);
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
    return run(
        request, listener, cancellation, resources -> new BuildSession(resources, listener).run());
  }

  /**
   * Builds a plan that was made in Java. Of {@code request} everything counts but the Dockerfile
   * and what is asked of it: target, build arguments and labels.
   *
   * @throws CancelledException if cancelled
   * @throws BuildException if anything stops it
   */
  public BuildResult build(
      PlanSource plans, BuildRequest request, BuildListener listener, Cancellation cancellation) {
    return run(
        request.withDockerfile(new DockerfileSource.Text("plan", "")),
        listener,
        cancellation,
        resources -> new BuildSession(resources, listener).run(plans));
  }

  /**
   * Makes layers of an image that exists one, and writes it. Of {@code request} its names,
   * platforms, annotations, outputs and {@code squash} count: all layers where it says none, all
   * platforms where it names none.
   *
   * @param image a file or directory, or the name of an image; {@code docker-image://NAME} and
   *     {@code oci-layout://PATH[:TAG|@DIGEST]} say which is meant
   * @throws CancelledException if cancelled
   * @throws BuildException if there is no such image, or anything else stops it
   */
  public BuildResult squash(
      String image, BuildRequest request, BuildListener listener, Cancellation cancellation) {
    BuildRequest asked =
        request.toBuilder()
            .dockerfile(new DockerfileSource.Text("squash", ""))
            .pull(request.reuse().pull() || image.startsWith("docker-image://"))
            .startCheck(StartCheckMode.OFF)
            .hygiene(HygieneMode.OFF)
            .build();
    ImageSquash.Order order = completed(image, asked, cancellation);
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

  /**
   * Asks registries for the digests of the images that the Dockerfile of {@code request} names. Of
   * {@code request} only the Dockerfile and the context that it is in count; nothing is written.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws CancelledException if cancelled
   * @throws BuildException if a registry does not know an image
   */
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

  /**
   * Looks at the Dockerfile of {@code request}, in all its stages where no target is given, without
   * building it: what lint finds and what a build would stop at. An image that cannot be had is one
   * of the errors, and the rest is looked at without it.
   *
   * @throws CancelledException if cancelled
   * @throws BuildException if there is no Dockerfile to look at
   */
  public CheckResult check(BuildRequest request, Cancellation cancellation) {
    return inspect(request, cancellation, DockerfileInspection::check);
  }

  /**
   * What the target of {@code request} can be given: its build arguments, secrets and agents.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws BuildException if there is no such target
   */
  public Outline outline(BuildRequest request, Cancellation cancellation) {
    return inspect(request, cancellation, DockerfileInspection::outline);
  }

  /**
   * The stages of the Dockerfile, in their order.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   */
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
    try {
      return await(
          CompletableFuture.supplyAsync(() -> runInSession(request, listener, own, work), executor),
          own);
    } finally {
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
        new SessionResources(settings, request, registries, executor, listener, cancellation)) {
      return work.apply(resources);
    } catch (CancelledException e) {
      throw e;
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
    registryAccess.close();
  }
}
