package dev.slipway.cli.progress;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.VisibleText;
import dev.slipway.progress.BuildEvent.Outcome;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines that are never changed afterwards, for logs and for programs that read them. Every
 * line begins with its task's number, because tasks that run at once interleave.
 */
public final class PlainView extends RecordingView {
  /** How often a transfer that goes on is mentioned. */
  private static final long TRANSFER_INTERVAL = 5_000_000_000L;

  private final PrintStream out;
  private long lastTransfer;

  public PlainView(PrintStream out, LongSupplier nanoTime) {
    super(nanoTime);
    this.out = out;
    this.lastTransfer = nanoTime.getAsLong();
  }

  @Override
  void started(TaskLog task) {
    out.print(line(task).append(task.label).append('\n'));
    out.flush();
  }

  @Override
  void printed(TaskLog task, List<String> lines) {
    StringBuilder text = new StringBuilder();
    String time = Quantities.seconds(now() - task.startedAt);
    for (String line : lines) {
      text.append(line(task)).append(time).append(' ').append(line).append('\n');
    }
    out.print(text);
    out.flush();
  }

  @Override
  void moved(TaskLog task) {
    long now = now();
    if (now - lastTransfer >= TRANSFER_INTERVAL) {
      lastTransfer = now;
      out.print(line(task).append(task.transfer(now)).append('\n'));
      out.flush();
    }
  }

  @Override
  void finished(TaskLog task, Outcome outcome, @Nullable String detail) {
    StringBuilder text = line(task);
    switch (outcome) {
      case DONE -> {
        if (detail != null) {
          text.append(shown(task, detail)).append('\n').append(line(task));
        }
        text.append("DONE ").append(Quantities.duration(now() - task.startedAt));
      }
      case CACHED -> text.append("CACHED");
      case FAILED -> text.append("ERROR: ").append(detail == null ? "failed" : shown(task, detail));
      case CANCELLED -> text.append("CANCELED");
    }
    out.print(text.append("\n\n"));
    out.flush();
  }

  @Override
  void warned(Diagnostic diagnostic) {
    out.println(diagnostic.render());
    out.println();
    out.flush();
  }

  /** No line of it can be taken for another task's. */
  private static String shown(TaskLog task, String detail) {
    return VisibleText.of(detail).replace("\n", "\n" + line(task));
  }

  private static StringBuilder line(TaskLog task) {
    return new StringBuilder(80).append('#').append(task.number).append(' ');
  }
}
