package dev.slipway.cli.progress;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskFinished;
import dev.slipway.progress.BuildEvent.TaskOutput;
import dev.slipway.progress.BuildEvent.TaskProgress;
import dev.slipway.progress.BuildEvent.TaskStarted;
import dev.slipway.progress.BuildEvent.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tasks that run, so that a view has only to draw. One lock guards the tasks and what a
 * view writes, therefore no two events are drawn at once.
 */
abstract class RecordingView implements ProgressView {
  private final LongSupplier nanoTime;
  private final Map<Integer, TaskLog> running = new LinkedHashMap<>();
  private final List<FailedTask> failures = new ArrayList<>();
  private int numbers;

  /**
   * @param nanoTime a clock that only moves forward, in nanoseconds
   */
  RecordingView(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A task began. */
  void started(TaskLog task) {}

  /** A task printed whole lines. */
  void printed(TaskLog task, List<String> lines) {}

  /** A transfer went on. */
  void moved(TaskLog task) {}

  /** A task ended and is no longer among those that run. */
  void finished(TaskLog task, Outcome outcome, @Nullable String detail) {}

  /** Something is wrong that does not stop the build. */
  void warned(Diagnostic diagnostic) {}

  @Override
  public final synchronized void on(BuildEvent event) {
    if (event instanceof TaskStarted start) {
      TaskLog task = new TaskLog(++numbers, start, now());
      running.put(start.task().number(), task);
      started(task);
    } else if (event instanceof TaskOutput output) {
      TaskLog task = running.get(output.task().number());
      if (task != null) {
        announce(task, task.print(output.bytes(), output.length()));
      }
    } else if (event instanceof TaskProgress progress) {
      TaskLog task = running.get(progress.task().number());
      if (task != null) {
        task.done = progress.done();
        task.total = progress.total();
        moved(task);
      }
    } else if (event instanceof TaskFinished finish) {
      finish(finish);
    } else if (event instanceof Warning warning) {
      warned(warning.diagnostic());
    }
  }

  private void finish(TaskFinished finish) {
    TaskLog task = running.remove(finish.task().number());
    if (task == null) {
      return;
    }
    announce(task, task.endPrinting());
    if (finish.outcome() == Outcome.FAILED) {
      failures.add(task.failed());
    }
    finished(task, finish.outcome(), finish.detail());
  }

  private void announce(TaskLog task, List<String> lines) {
    if (!lines.isEmpty()) {
      printed(task, lines);
    }
  }

  /** The tasks that run, in the order in which they began. */
  final List<TaskLog> running() {
    return new ArrayList<>(running.values());
  }

  /** How many tasks have begun so far. */
  final int begun() {
    return numbers;
  }

  final long now() {
    return nanoTime.getAsLong();
  }

  @Override
  public final synchronized List<FailedTask> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {}
}
