package dev.slipway.cli.progress;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildEvent.TaskFinished;
import dev.slipway.progress.BuildEvent.TaskId;
import dev.slipway.progress.BuildEvent.TaskOutput;
import dev.slipway.progress.BuildEvent.TaskProgress;
import dev.slipway.progress.BuildEvent.TaskStarted;
import dev.slipway.progress.BuildEvent.Warning;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Writes each event as one JSON object on a line of its own. */
public final class RawJsonView implements ProgressView {
  private final PrintStream out;
  private final Clock clock;

  // Failures are reported as they are in the other views, from their last lines.
  private final QuietView record = new QuietView(() -> 0);

  /**
   * @param clock gives each event its {@code time}, in UTC
   */
  public RawJsonView(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void on(BuildEvent event) {
    record.on(event);
    JsonLine line = new JsonLine().add("time", clock.instant().toString());
    if (event instanceof TaskStarted start) {
      task(line, "started", start.task())
          .add("kind", start.kind().name().toLowerCase(Locale.ROOT))
          .add("group", start.group())
          .add("step", start.step())
          .add("steps", start.steps())
          .add("title", start.title());
    } else if (event instanceof TaskOutput output) {
      task(line, "output", output.task())
          .add("stream", output.stream().name().toLowerCase(Locale.ROOT))
          .add("text", new String(output.bytes(), 0, output.length(), StandardCharsets.UTF_8));
    } else if (event instanceof TaskProgress progress) {
      task(line, "progress", progress.task())
          .add("done", progress.done())
          .add("total", progress.total());
    } else if (event instanceof TaskFinished finish) {
      task(line, "finished", finish.task())
          .add("outcome", finish.outcome().name().toLowerCase(Locale.ROOT));
      if (finish.detail() != null) {
        line.add("detail", finish.detail());
      }
    } else if (event instanceof Warning warning) {
      diagnostic(line.add("event", "warning"), warning.diagnostic());
    }
    out.println(line);
    out.flush();
  }

  /** Tells what stopped the build. */
  public synchronized void failed(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      out.println(
          diagnostic(
              new JsonLine().add("time", clock.instant().toString()).add("event", "failed"),
              diagnostic));
    }
    out.flush();
  }

  private static JsonLine task(JsonLine line, String event, TaskId task) {
    return line.add("event", event).add("task", task.number());
  }

  private static JsonLine diagnostic(JsonLine line, Diagnostic diagnostic) {
    line.add("severity", diagnostic.severity().label()).add("message", diagnostic.message());
    if (diagnostic.code() != null) {
      line.add("code", diagnostic.code());
    }
    SourceSpan span = diagnostic.span();
    if (span != null) {
      line.add("file", span.file().name())
          .add("line", span.line())
          .add("column", span.column())
          .add("endLine", span.endLine());
    }
    if (diagnostic.hint() != null) {
      line.add("hint", diagnostic.hint());
    }
    return line;
  }

  @Override
  public List<FailedTask> failures() {
    return record.failures();
  }

  @Override
  public void close() {}
}
