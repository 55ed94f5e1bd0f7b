package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.CacheScope;
import dev.slipway.cache.StepKey;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.plan.Base;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.tree.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One stage: its base, then step by step. */
final class StageExecution {
  private final PlannedStage stage;
  private final StageFiles files;
  private final StepTasks tasks;
  private final CopyExecution copies;
  private final DirectoryExecution directories;
  private final RunExecution runs;
  private final List<ExecutedLayer> layers = new ArrayList<>();
  private final Consumer<ExecutedLayer> finished;
  private boolean changed;

  StageExecution(
      PlannedStage stage,
      StageFiles files,
      StepTasks tasks,
      CopyExecution copies,
      DirectoryExecution directories,
      RunExecution runs,
      Consumer<ExecutedLayer> finished) {
    this.stage = stage;
    this.files = files;
    this.tasks = tasks;
    this.copies = copies;
    this.directories = directories;
    this.runs = runs;
    this.finished = finished;
  }

  ExecutedStage execute() {
    StageState state = base();
    if (stage.ignoreCache() || runs.isFirstOn(state.snapshot())) {
      expectRun(0, state);
    }
    int number = 0;
    for (Step step : stage.steps()) {
      number++;
      StepOutcome outcome = perform(step, number, state);
      if (!outcome.cached()) {
        expectRun(number, state);
      }
      add(new ExecutedLayer(outcome.layer(), stage, step, outcome.created()));
      state =
          new StageState(state.snapshot().with(outcome.layer()), outcome.key(), outcome.scope());
    }
    return new ExecutedStage(stage, state.snapshot(), layers, state.key(), state.scope());
  }

  /** What follows a step that changes something is done anew; told once is enough. */
  private void expectRun(int from, StageState state) {
    if (changed) {
      return;
    }
    changed = true;
    for (Step step : stage.steps().subList(from, stage.steps().size())) {
      if (step instanceof Step.Run) {
        runs.expectOn(state.snapshot());
        return;
      }
    }
  }

  private void add(ExecutedLayer layer) {
    layers.add(layer);
    finished.accept(layer);
  }

  private StageState base() {
    if (stage.base() instanceof Base.Stage base) {
      ExecutedStage executed = files.stage(base.id());
      executed.layers().forEach(this::add);
      return new StageState(executed.snapshot(), executed.key(), executed.scope());
    }
    if (stage.base() instanceof Base.Image base) {
      Snapshot snapshot = files.image(base.image());
      addBase(snapshot);
      return ownState(snapshot, StageFiles.imageKey(base.image().image()));
    }
    if (stage.base() instanceof Base.Context base) {
      FileSource source = new FileSource.NamedContext(base.name());
      Snapshot snapshot = files.snapshot(source, "/");
      addBase(snapshot);
      return ownState(snapshot, files.key(source, "/"));
    }
    return ownState(Snapshot.EMPTY, StepKey.builder("scratch").build().key());
  }

  private static StageState ownState(Snapshot snapshot, CacheKey key) {
    return new StageState(snapshot, key, CacheScope.OWN);
  }

  private void addBase(Snapshot snapshot) {
    for (Layer layer : snapshot.layers()) {
      add(new ExecutedLayer(layer, null, null, null));
    }
  }

  private StepOutcome perform(Step step, int number, StageState state) {
    CacheUse use = new CacheUse(stage.ignoreCache(), scope(step, state));
    return tasks.perform(step, number, task -> perform(step, number, state, use, task));
  }

  /** Of all that a step reads; waits for other stages, so that a step's time is its own. */
  private CacheScope scope(Step step, StageState state) {
    CacheScope scope = state.scope();
    for (FileSource source : step.fileSources()) {
      if (source instanceof FileSource.Stage other
          && files.stage(other.id()).scope() == CacheScope.SHARED) {
        scope = CacheScope.SHARED;
      }
    }
    return scope;
  }

  private StepOutcome perform(
      Step step, int number, StageState state, CacheUse use, Tasks.Task task) {
    Origin origin = origin(step);
    if (step instanceof Step.Copy copy) {
      return copies.execute(copy, state, origin, use, () -> expectRun(number, state));
    }
    if (step instanceof Step.MakeDirectory directory) {
      return directories.execute(directory, state, origin, use, () -> expectRun(number, state));
    }
    Step.Run run = (Step.Run) step;
    RunKey key = runs.key(run, state, stage.platform().format());
    Function<Tasks.Task, StepOutcome> work = of -> runs.execute(run, key, state, origin, use, of);
    return runs.find(key, origin, use, () -> tasks.perform(step, number, work))
        .orElseGet(() -> work.apply(task));
  }

  private Origin origin(Step step) {
    SourceSpan span = step.span();
    String name = stage.name().isEmpty() ? Integer.toString(stage.id()) : stage.name();
    return new Origin(name, span == null ? 0 : span.line(), step.title());
  }
}
