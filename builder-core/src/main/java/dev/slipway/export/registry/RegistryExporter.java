package dev.slipway.export.registry;

import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.Manifest;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.PushOutcome;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.Repository;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pushes images to registries. Layers travel as soon as they are offered; a name points at the new
 * image only when everything that it needs is there.
 */
public final class RegistryExporter implements Exporter {
  /** More do not go faster, and registries begin to refuse. */
  private static final int AT_ONCE = 5;

  private final List<ImageReference> names;
  private final boolean byDigest;
  private final Executor executor;
  private final ExportListener listener;
  private final Cancellation cancellation = new Cancellation();
  private final Cancellation.Registration registration;
  private final Map<String, Repository> repositories = new LinkedHashMap<>();

  /** By repository and digest as text: the JVM generates equals of a record at its first use. */
  private final Map<String, CompletableFuture<PushOutcome>> uploads = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running; // guarded by waiting

  /**
   * @param names at least one; a name without a tag gets {@code latest}
   * @param byDigest whether the images get no tag, and are found by digest only
   * @param executor runs the transfers, which block, a few at once; its threads must not run out
   *     while one of them waits for {@link #commit}
   */
  public RegistryExporter(
      RegistryClient client,
      List<ImageReference> names,
      boolean byDigest,
      Executor executor,
      ExportListener listener,
      Cancellation cancellation) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no name to push to");
    }
    this.names = List.copyOf(names);
    this.byDigest = byDigest;
    this.executor = executor;
    this.listener = listener;
    this.registration = cancellation.onCancel(this.cancellation::cancel);
    RegistryClient own = client.endingWith(this.cancellation);
    for (ImageReference name : names) {
      repositories.computeIfAbsent(name.name(), any -> own.repository(name));
    }
  }

  @Override
  public void offer(OfferedLayer layer) {
    for (Repository repository : repositories.values()) {
      push(repository, layer.descriptor(), layer.content(), mountable(repository, layer.origin()));
    }
  }

  private static @Nullable String mountable(
      Repository repository, @Nullable ImageReference origin) {
    return origin != null && origin.registry().equals(repository.registry())
        ? origin.repository()
        : null;
  }

  private CompletableFuture<PushOutcome> push(
      Repository repository,
      Descriptor descriptor,
      BlobContent content,
      @Nullable String mountFrom) {
    String upload = nameOf(repository) + "@" + descriptor.digest();
    CompletableFuture<PushOutcome> mine = new CompletableFuture<>();
    CompletableFuture<PushOutcome> running = uploads.putIfAbsent(upload, mine);
    if (running != null) {
      return running;
    }
    enqueue(
        () -> {
          try {
            cancellation.check();
            mine.complete(pushNow(repository, descriptor, content, mountFrom));
          } catch (Throwable failure) {
            fail(failure);
            mine.completeExceptionally(failure);
          }
        });
    return mine;
  }

  /** Commit tells the first failure; the others are sent for nothing. */
  private void fail(Throwable failure) {
    if (firstFailure.compareAndSet(null, failure)) {
      cancellation.cancel();
    }
  }

  private void enqueue(Runnable transfer) {
    synchronized (waiting) {
      waiting.add(transfer);
      if (running == AT_ONCE) {
        return;
      }
      running++;
    }
    executor.execute(this::transferAll);
  }

  private void transferAll() {
    while (true) {
      Runnable next;
      synchronized (waiting) {
        next = waiting.poll();
        if (next == null) {
          running--;
          return;
        }
      }
      next.run();
    }
  }

  private PushOutcome pushNow(
      Repository repository,
      Descriptor descriptor,
      BlobContent content,
      @Nullable String mountFrom) {
    String title = "push " + descriptor.digest() + " to " + nameOf(repository);
    ExportListener.Part part = listener.begin(TaskKind.PUSH, title, descriptor.size());
    Outcome outcome = Outcome.FAILED;
    String detail = null;
    try {
      PushOutcome pushed = repository.pushBlob(descriptor, content, mountFrom, part::moved);
      outcome = pushed == PushOutcome.UPLOADED ? Outcome.DONE : Outcome.CACHED;
      detail =
          switch (pushed) {
            case EXISTED -> "already there";
            case MOUNTED -> "mounted from " + mountFrom;
            case UPLOADED -> null;
          };
      return pushed;
    } finally {
      part.finished(cancellation.isCancelled() ? Outcome.CANCELLED : outcome, detail);
    }
  }

  private static String nameOf(Repository repository) {
    return repository.registry() + "/" + repository.name();
  }

  @Override
  public ExportResult commit(ExportedImages images) {
    List<CompletableFuture<PushOutcome>> needed = new ArrayList<>();
    for (Repository repository : repositories.values()) {
      for (OfferedLayer layer : images.layers().values()) {
        needed.add(
            push(
                repository,
                layer.descriptor(),
                layer.content(),
                mountable(repository, layer.origin())));
      }
      for (ExportedImages.ImageWithLayers each : images.images()) {
        byte[] config = each.image().configBytes();
        needed.add(
            push(
                repository,
                each.image().manifest().config(),
                () -> new ByteArrayInputStream(config),
                null));
      }
    }
    await(needed);
    pushManifests(images);
    List<String> where = tag(images);
    return new ExportResult(images.root(), where, List.of());
  }

  private void await(List<CompletableFuture<PushOutcome>> needed) {
    try {
      for (CompletableFuture<PushOutcome> each : needed) {
        each.join();
      }
    } catch (CompletionException e) {
      Throwable failure = firstFailure.get();
      if (failure instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }

  /** What an index points at must be there before it. */
  private void pushManifests(ExportedImages images) {
    if (images.index() == null) {
      return;
    }
    for (Repository repository : repositories.values()) {
      for (ExportedImages.ImageWithLayers each : images.images()) {
        Image image = each.image();
        Manifest manifest = image.manifest();
        repository.pushManifest(
            manifest.digest().toString(), manifest.bytes(), manifest.mediaType());
      }
    }
  }

  private List<String> tag(ExportedImages images) {
    Descriptor root = images.root();
    List<String> where = new ArrayList<>();
    for (ImageReference name : names) {
      ImageReference pushed =
          byDigest
              ? name.withTag(null).withDigest(root.digest())
              : name.withDigest(null).withDefaultTag();
      ExportListener.Part part = listener.begin(TaskKind.PUSH, "push " + pushed, root.size());
      Outcome outcome = Outcome.FAILED;
      try {
        Repository repository = java.util.Objects.requireNonNull(repositories.get(name.name()));
        repository.pushManifest(pushed.identifier(), images.rootBytes(), root.mediaType());
        outcome = Outcome.DONE;
      } finally {
        part.finished(cancellation.isCancelled() ? Outcome.CANCELLED : outcome, null);
      }
      if (!where.contains(pushed.toString())) {
        where.add(pushed.toString());
      }
    }
    return where;
  }

  @Override
  public void close() {
    registration.close();
    cancellation.cancel();
  }
}
