package dev.slipway.execute;

import dev.slipway.cache.BuildCache;
import dev.slipway.diagnostic.Awaited;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.progress.CancelledException;
import dev.slipway.snapshot.LayerStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Carries plans out: every stage on a thread of its own, as soon as those it reads are done. Plans
 * of one build, a platform each, may be carried out at once; a command that they share runs once.
 */
public final class PlanExecutor {
  private final LayerStore layers;
  private final StepRecords records;
  private final ExecutionPorts ports;
  private final ExecutionSettings settings;
  private final BuildCourse course;
  private final Consumer<Diagnostic> warnings;
  private final SharedSteps shared;
  private final UsedCaches usedCaches = new UsedCaches();
  private final MissReasons reasons;

  /**
   * @param warnings hears what does not stop the build, from any thread
   */
  public PlanExecutor(
      LayerStore layers,
      BuildCache cache,
      ExecutionPorts ports,
      ExecutionSettings settings,
      BuildCourse course,
      Consumer<Diagnostic> warnings) {
    this.layers = layers;
    this.records = new StepRecords(cache, layers, settings.clock());
    this.reasons = new MissReasons(cache.places(), settings.project());
    this.ports = ports;
    this.settings = settings;
    this.course = course;
    this.warnings = warnings;
    this.shared = new SharedSteps(settings.jobs());
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
        new StageFiles(
            ports.sources(),
            id -> future(stages, id).forOthers(),
            layers,
            usedCaches,
            course.executor());
    CompletableFuture<Throwable> firstFailure = new CompletableFuture<>();
    for (PlannedStage stage : plan.stages()) {
      stages.put(stage.id(), new StageFuture());
    }
    for (PlannedStage stage : plan.stages()) {
      boolean target = stage.id() == plan.target().id();
      StageExecution execution =
          execution(stage, platformLabel, files, target ? finished : layer -> {});
      StageFuture result = future(stages, stage.id());
      course
          .executor()
          .execute(
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
        files,
        new StepTasks(stage, label + stage.name(), course, reasons),
        new CopyExecution(files, ports.fetcher(), layers, records, settings, course, warnings),
        new DirectoryExecution(records, settings),
        new RunExecution(files, layers, records, ports.runner(), settings, course, shared),
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
    List<CompletableFuture<?>> futures = new ArrayList<>();
    for (StageFuture stage : stages.values()) {
      futures.add(stage.future);
    }
    CompletableFuture<?> all =
        CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]));
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
      throw Awaited.failure(firstFailure.join());
    }
    return future(stages, plan.target().id()).await();
  }

  private void stop(CompletableFuture<?> all) {
    course.cancellation().cancel();
    all.handle((value, failure) -> "").join();
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
      return Awaited.result(future);
    }
  }
}
