package dev.slipway.cli.progress;

import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskFinished;
import dev.slipway.progress.BuildEvent.TaskId;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.BuildEvent.TaskOutput;
import dev.slipway.progress.BuildEvent.TaskOutput.OutputStreamKind;
import dev.slipway.progress.BuildEvent.TaskProgress;
import dev.slipway.progress.BuildEvent.TaskStarted;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Events, a clock and a stream for the tests of views. */
final class Script {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long nanos;

  PrintStream stream() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  synchronized long nanos() {
    return nanos;
  }

  synchronized void pass(long millis) {
    nanos += millis * 1_000_000;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  static TaskStarted started(
      int task, TaskKind kind, String group, int step, int steps, String title) {
    return new TaskStarted(new TaskId(task), kind, group, step, steps, title);
  }

  static TaskOutput printed(int task, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TaskOutput(new TaskId(task), OutputStreamKind.STDOUT, bytes, bytes.length);
  }

  static TaskProgress moved(int task, long done, long total) {
    return new TaskProgress(new TaskId(task), done, total);
  }

  static TaskFinished finished(int task, Outcome outcome, String detail) {
    return new TaskFinished(new TaskId(task), outcome, detail);
  }
}
