package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.diagnostic.Awaited;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The commands that a build runs, so many at once. What stages or platforms have in common is run
 * once: who comes second waits for who came first.
 */
final class SharedSteps {
  private final Map<CacheKey, CompletableFuture<StepOutcome>> steps = new ConcurrentHashMap<>();

  private final Semaphore jobs;

  SharedSteps(int jobs) {
    this.jobs = new Semaphore(Math.max(1, jobs));
  }

  StepOutcome perform(CacheKey key, Supplier<StepOutcome> step) {
    CompletableFuture<StepOutcome> own = new CompletableFuture<>();
    CompletableFuture<StepOutcome> other = steps.putIfAbsent(key, own);
    if (other != null) {
      return shared(other);
    }
    try {
      StepOutcome outcome = run(step);
      own.complete(outcome);
      return outcome;
    } catch (Throwable e) {
      own.completeExceptionally(e);
      throw e;
    }
  }

  private StepOutcome run(Supplier<StepOutcome> step) {
    jobs.acquireUninterruptibly();
    try {
      return step.get();
    } finally {
      jobs.release();
    }
  }

  private static StepOutcome shared(CompletableFuture<StepOutcome> other) {
    StepOutcome outcome = Awaited.result(other);
    return StepOutcome.known(outcome.layer(), outcome.key(), outcome.created(), outcome.scope());
  }
}
