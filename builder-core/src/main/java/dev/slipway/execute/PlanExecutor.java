package dev.slipway.execute;

import dev.slipway.cache.BuildCache;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.sandbox.StepRunner;
import dev.slipway.snapshot.LayerStore;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries plans out: every stage on a thread of its own, as soon as those it reads are done. Plans
 * of one build, a platform each, may be carried out at once; a command that they share runs once.
 */
public final class PlanExecutor {
  private final LayerStore layers;
  private final StepRecords records;
  private final Supplier<? extends StepRunner> runner;
  private final StageSources sources;
  private final Fetcher fetcher;
  private final ExecutionSettings settings;
  private final Executor executor;
  private final Tasks tasks;
  private final Cancellation cancellation;
  private final Consumer<Diagnostic> warnings;
  private final Semaphore jobs;
  private final SharedSteps shared = new SharedSteps();
  private final UsedCaches usedCaches = new UsedCaches();
  private final MissReasons reasons;

  /**
   * @param runner what runs commands, asked for only when one is likely to be run
   * @param executor has a thread for whatever is given to it, for stages wait for each other
   * @param warnings hears what does not stop the build, from any thread
   */
  public PlanExecutor(
      LayerStore layers,
      BuildCache cache,
      Supplier<? extends StepRunner> runner,
      StageSources sources,
      Fetcher fetcher,
      ExecutionSettings settings,
      Executor executor,
      Tasks tasks,
      Cancellation cancellation,
      Consumer<Diagnostic> warnings) {
    this.layers = layers;
    this.records = new StepRecords(cache, layers, settings.clock());
    this.reasons = new MissReasons(cache, settings.project());
    this.runner = runner;
    this.sources = sources;
    this.fetcher = fetcher;
    this.settings = settings;
    this.executor = executor;
    this.tasks = tasks;
    this.cancellation = cancellation;
    this.warnings = warnings;
    this.jobs = new Semaphore(Math.max(1, settings.jobs()));
  }

  /**
   * Executes all stages and waits for them.
   *
   * @param platformLabel put before stage names in progress, as {@code linux/arm64 }, or empty
   * @param finished hears each layer of the target as soon as it is finished, the lowest first
   * @param executed hears what came of each stage once all are done, in the order of the plan
   * @return the target
   * @throws BuildException if a step fails; the steps of other stages are stopped then
   */
  public ExecutedStage execute(
      BuildPlan plan,
      String platformLabel,
      Consumer<ExecutedLayer> finished,
      Consumer<ExecutedStage> executed) {
    Map<Integer, StageFuture> stages = new HashMap<>();
    StageFiles files =
        new StageFiles(sources, id -> future(stages, id).forOthers(), layers, usedCaches, executor);
    CompletableFuture<Throwable> firstFailure = new CompletableFuture<>();
    for (PlannedStage stage : plan.stages()) {
      stages.put(stage.id(), new StageFuture());
    }
    for (PlannedStage stage : plan.stages()) {
      boolean target = stage.id() == plan.target().id();
      StageExecution execution =
          execution(stage, platformLabel, files, target ? finished : layer -> {});
      StageFuture result = future(stages, stage.id());
      executor.execute(
          () -> {
            try {
              result.future.complete(execution.execute());
            } catch (Throwable e) {
              firstFailure.complete(e);
              result.future.completeExceptionally(e);
            }
          });
    }
    ExecutedStage target = awaitAll(stages, plan, firstFailure);
    for (PlannedStage stage : plan.stages()) {
      executed.accept(future(stages, stage.id()).await());
    }
    return target;
  }

  private StageExecution execution(
      PlannedStage stage, String label, StageFiles files, Consumer<ExecutedLayer> finished) {
    return new StageExecution(
        stage,
        label + stage.name(),
        files,
        new CopyExecution(
            files, fetcher, layers, records, settings, executor, cancellation, warnings),
        new RunExecution(files, layers, records, runner, settings, executor, cancellation),
        new DirectoryExecution(layers, records, settings),
        shared,
        reasons,
        jobs,
        tasks,
        cancellation,
        finished);
  }

  private static StageFuture future(Map<Integer, StageFuture> stages, int id) {
    StageFuture future = stages.get(id);
    if (future == null) {
      throw new IllegalArgumentException("no stage " + id);
    }
    return future;
  }

  private ExecutedStage awaitAll(
      Map<Integer, StageFuture> stages, BuildPlan plan, CompletableFuture<Throwable> firstFailure) {
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            stages.values().stream()
                .map(stage -> stage.future)
                .toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all.handle((value, failure) -> ""), firstFailure).get();
    } catch (InterruptedException e) {
      stop(all);
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("neither future fails", e);
    }
    if (firstFailure.isDone()) {
      // The first failure is the one to tell: what it stops would only say that it was stopped.
      stop(all);
      throw unchecked(firstFailure.join());
    }
    return future(stages, plan.target().id()).await();
  }

  private void stop(CompletableFuture<?> all) {
    cancellation.cancel();
    all.handle((value, failure) -> "").join();
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  /** What will come of a stage. */
  private static final class StageFuture {
    final CompletableFuture<ExecutedStage> future = new CompletableFuture<>();

    /** For stages that read this one: if it failed, that is told once, and they are cancelled. */
    ExecutedStage forOthers() {
      try {
        return future.join();
      } catch (CompletionException e) {
        throw new CancelledException();
      }
    }

    ExecutedStage await() {
      try {
        return future.join();
      } catch (CompletionException e) {
        Throwable cause = e.getCause();
        throw unchecked(cause == null ? e : cause);
      }
    }
  }
}
