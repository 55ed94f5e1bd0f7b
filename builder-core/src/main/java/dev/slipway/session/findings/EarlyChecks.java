package dev.slipway.session.findings;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.inspect.start.StartVerdicts.Verdict;
import dev.slipway.session.output.ExecutedPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What is found out of images while their layers are compressed: all of it depends on files and
 * configuration alone, which are there once the steps are done.
 */
public final class EarlyChecks implements AutoCloseable {
  private final List<ExecutedPlan> executed;
  private final StartChecks start;
  private final CompletableFuture<List<Optional<Verdict>>> verdicts = new CompletableFuture<>();
  private final CompletableFuture<?> looked;

  /** Starts to look. What fails of the hygiene checks is told when their findings are asked for. */
  public EarlyChecks(
      List<ExecutedPlan> executed, StartChecks start, HygieneChecks hygiene, Executor executor) {
    this.executed = executed;
    this.start = start;
    looked = CompletableFuture.runAsync(() -> look(hygiene), executor);
  }

  private void look(HygieneChecks hygiene) {
    try {
      List<Optional<Verdict>> found = new ArrayList<>();
      executed.forEach(plan -> found.add(start.find(plan)));
      verdicts.complete(found);
    } catch (RuntimeException | Error e) {
      verdicts.completeExceptionally(e);
    }
    executed.forEach(plan -> hygiene.prepare(plan.target()));
  }

  /**
   * What the start check found, an image a plan, once these are made: waits for it, and looks again
   * where something was not at hand before.
   *
   * @throws dev.slipway.inspect.InspectException if an image that has to start cannot be read
   */
  public List<Verdict> verdicts() {
    List<Optional<Verdict>> early = Awaited.result(verdicts);
    List<Verdict> found = new ArrayList<>();
    for (int i = 0; i < early.size(); i++) {
      Optional<Verdict> verdict = early.get(i);
      found.add(verdict.isPresent() ? verdict.get() : start.verdict(executed.get(i)));
    }
    return found;
  }

  /** Waits for the end of all: it reads the store. */
  @Override
  public void close() {
    looked.handle((done, failure) -> "").join();
  }
}
