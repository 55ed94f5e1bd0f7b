package dev.slipway.cli;

import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildEvent.TaskFinished;
import dev.slipway.progress.BuildEvent.TaskStarted;
import dev.slipway.progress.BuildListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures each task of a build, for {@code --timings}. Thread-safe. */
final class Timings implements BuildListener {
  private final LongSupplier nanoTime;
  private final long begin;
  private final Map<Integer, Task> tasks = new LinkedHashMap<>();

  private static final class Task {
    final String title;
    final long start;
    long end;

    Task(String title, long start) {
      this.title = title;
      this.start = start;
      this.end = start;
    }
  }

  Timings(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  @Override
  public synchronized void on(BuildEvent event) {
    if (event instanceof TaskStarted start) {
      String group = start.group().isEmpty() ? "" : "[" + start.group() + "] ";
      tasks.put(start.task().number(), new Task(group + start.title(), nanoTime.getAsLong()));
    } else if (event instanceof TaskFinished finish) {
      Task task = tasks.get(finish.task().number());
      if (task != null) {
        task.end = nanoTime.getAsLong();
      }
    }
  }

  /**
   * A line a task, in milliseconds: when it began and how long it took.
   *
   * @param processAge how long the process has run by now, in nanoseconds
   */
  synchronized String table(long processAge) {
    long total = Math.max(processAge, nanoTime.getAsLong() - begin);
    long origin = nanoTime.getAsLong() - total;
    StringBuilder text = new StringBuilder();
    row(text, 0, begin - origin, "start of the JVM and reading of the command line");
    for (Task task : tasks.values()) {
      row(text, task.start - origin, task.end - task.start, task.title);
    }
    row(text, total, 0, "end");
    return text.toString();
  }

  private static void row(StringBuilder text, long at, long took, String what) {
    text.append('+').append(padded(at)).append(" ms ").append(padded(took)).append(" ms  ");
    text.append(what).append('\n');
  }

  private static String padded(long nanos) {
    String millis = Long.toString(nanos / 1_000_000);
    return " ".repeat(Math.max(0, 7 - millis.length())) + millis;
  }
}
