package dev.slipway.export.registry;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.export.ExportListener;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import dev.slipway.registry.PushOutcome;
import dev.slipway.registry.Repository;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Blobs on their way to repositories, a few at once and each once. The first that fails ends the
 * others. Thread-safe.
 */
public final class BlobPushes {
  /** More do not go faster, and registries begin to refuse. */
  private static final int AT_ONCE = 5;

  private final Executor executor;
  private final ExportListener listener;
  private final Cancellation cancellation;

  /** By repository and digest as text: the JVM generates equals of a record at its first use. */
  private final Map<String, CompletableFuture<PushOutcome>> pushes = new ConcurrentHashMap<>();

  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running; // guarded by waiting

  /**
   * @param executor runs the transfers, which block; its threads must not run out while one of them
   *     waits for {@link #await}
   * @param cancellation ends the transfers, and is cancelled when one fails; that of no others
   */
  public BlobPushes(Executor executor, ExportListener listener, Cancellation cancellation) {
    this.executor = executor;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /** Prepares for a blob that will be pushed; what is pushed after this finds it under way. */
  void expect(Repository repository) {
    enqueue(repository.expectBlob());
  }

  /**
   * Pushes a blob as soon as there is room, unless it is on its way already.
   *
   * @param mountFrom a repository of the same registry that may have it
   */
  public CompletableFuture<PushOutcome> push(
      Repository repository, Descriptor blob, BlobContent content, @Nullable String mountFrom) {
    String name = nameOf(repository) + "@" + blob.digest();
    CompletableFuture<PushOutcome> mine = new CompletableFuture<>();
    CompletableFuture<PushOutcome> other = pushes.putIfAbsent(name, mine);
    if (other != null) {
      return other;
    }
    enqueue(
        () -> {
          try {
            cancellation.check();
            mine.complete(transfer(repository, blob, content, mountFrom));
          } catch (Throwable failure) {
            fail(failure);
            mine.completeExceptionally(failure);
          }
        });
    return mine;
  }

  /** Only the first failure is told: the others are its consequence. */
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

  private PushOutcome transfer(
      Repository repository, Descriptor blob, BlobContent content, @Nullable String mountFrom) {
    String title = "push " + blob.digest() + " to " + nameOf(repository);
    ExportListener.Part part = listener.begin(TaskKind.PUSH, title, blob.size());
    Outcome outcome = Outcome.FAILED;
    String detail = null;
    try {
      PushOutcome pushed = repository.pushBlob(blob, content, mountFrom, part::moved);
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

  /**
   * Waits until all of them are there.
   *
   * @throws RuntimeException the first failure of any push
   */
  public void await(Collection<CompletableFuture<PushOutcome>> needed) {
    try {
      needed.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      Throwable first = firstFailure.get();
      throw Awaited.failure(first == null ? e : first);
    }
  }
}
