package dev.slipway.execute;

import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskId;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.BuildEvent.TaskOutput.OutputStreamKind;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.CancelledException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells a listener what happens, task by task. */
public final class Tasks {
  private final BuildListener listener;
  private final AtomicInteger last = new AtomicInteger();

  public Tasks(BuildListener listener) {
    this.listener = listener;
  }

  /** Tells that a task starts. */
  public Task start(TaskKind kind, String group, int step, int steps, String title) {
    TaskId id = new TaskId(last.incrementAndGet());
    listener.on(new BuildEvent.TaskStarted(id, kind, group, step, steps, title));
    return new Task(id);
  }

  /**
   * Does something that is no step as a task of its own, which ends as the work does.
   *
   * @param group what it belongs to, for people; empty for nothing
   */
  public <T> T perform(TaskKind kind, String group, String title, Supplier<T> work) {
    Task task = start(kind, group, 0, 0, title);
    try {
      T result = work.get();
      task.finish(Outcome.DONE, null);
      return result;
    } catch (CancelledException e) {
      task.finish(Outcome.CANCELLED, null);
      throw e;
    } catch (RuntimeException | Error e) {
      task.finish(Outcome.FAILED, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** A task under way. */
  public final class Task {
    private final TaskId id;

    private Task(TaskId id) {
      this.id = id;
    }

    void print(boolean error, byte[] bytes, int length) {
      listener.on(
          new BuildEvent.TaskOutput(
              id,
              error ? OutputStreamKind.STDERR : OutputStreamKind.STDOUT,
              Arrays.copyOf(bytes, length),
              length));
    }

    /** Tells how far a transfer is; {@code total} is -1 where it is not known. */
    public void progress(long done, long total) {
      listener.on(new BuildEvent.TaskProgress(id, done, total));
    }

    /** Tells that it ended. */
    public void finish(Outcome outcome, @Nullable String detail) {
      listener.on(new BuildEvent.TaskFinished(id, outcome, detail));
    }
  }
}
