package dev.slipway.session;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.progress.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does several things at once. */
final class SideBySide {
  private SideBySide() {}

  /**
   * The results in the order of {@code work}, once all of it has ended. Of several failures the one
   * is thrown that is no cancellation: the first to fail stops the others.
   */
  static <T> List<T> all(List<Supplier<T>> work, Executor executor) {
    if (work.size() == 1) {
      return List.of(work.get(0).get());
    }
    List<CompletableFuture<T>> running = new ArrayList<>();
    for (Supplier<T> each : work) {
      running.add(CompletableFuture.supplyAsync(each, executor));
    }
    List<T> results = new ArrayList<>();
    CompletionException failure = null;
    for (CompletableFuture<T> each : running) {
      try {
        results.add(each.join());
      } catch (CompletionException e) {
        failure = worse(failure, e);
      }
    }
    if (failure == null) {
      return results;
    }
    throw Awaited.failure(failure);
  }

  /**
   * The result of {@code work}, once {@code other} has ended, too. A failure of the work is thrown
   * before one of the other.
   */
  static <T> T with(Runnable other, Supplier<T> work, Executor executor) {
    CompletableFuture<Void> beside = CompletableFuture.runAsync(other, executor);
    T result;
    try {
      result = work.get();
    } finally {
      beside.handle((done, failure) -> "").join();
    }
    Awaited.result(beside);
    return result;
  }

  private static CompletionException worse(
      @Nullable CompletionException one, CompletionException other) {
    return one == null || one.getCause() instanceof CancelledException ? other : one;
  }
}
