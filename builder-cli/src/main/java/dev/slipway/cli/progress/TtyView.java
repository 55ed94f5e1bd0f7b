package dev.slipway.cli.progress;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.progress.BuildEvent.Outcome;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Redraws on a terminal what runs, with the last lines that it printed; what has ended moves up out
 * of the redrawn region and stays. Each redraw is one write, so that nothing flickers.
 */
public final class TtyView extends RecordingView {
  private static final long REDRAW_INTERVAL_MILLIS = 100;
  private static final long SIZE_INTERVAL = 2_000_000_000L;

  private final PrintStream out;
  private final Supplier<TerminalSize> askSize;
  private final LiveRegion region;
  private final StringBuilder settled = new StringBuilder();
  private final long startedAt = now();
  private final Thread redrawer = new Thread(this::redrawUntilClosed, "slipway-terminal");

  private @Nullable TerminalSize size;
  private long sizeAskedAt;
  private int ended;
  private boolean closed;

  /**
   * @param askSize asks the terminal, which may cost a process: not before the first redraw, then
   *     every few seconds, because a window may change
   */
  public TtyView(
      PrintStream out, Supplier<TerminalSize> askSize, boolean colours, LongSupplier nanoTime) {
    super(nanoTime);
    this.out = out;
    this.askSize = askSize;
    this.region = new LiveRegion(colours);
    redrawer.setDaemon(true);
    redrawer.start();
  }

  @Override
  void finished(TaskLog task, Outcome outcome, @Nullable String detail) {
    ended++;
    String time = outcome == Outcome.CACHED ? "" : Quantities.duration(now() - task.startedAt);
    settled.append(region.endedLine(task.label, outcome, detail, time, columns()));
  }

  @Override
  void warned(Diagnostic diagnostic) {
    settled.append(diagnostic.render()).append('\n');
  }

  private int columns() {
    return currentSize().columns();
  }

  private TerminalSize currentSize() {
    long now = now();
    if (size == null || now - sizeAskedAt > SIZE_INTERVAL) {
      size = askSize.get();
      sizeAskedAt = now;
    }
    return size;
  }

  private synchronized void redrawUntilClosed() {
    try {
      while (!closed) {
        wait(REDRAW_INTERVAL_MILLIS);
        if (!closed) {
          redraw();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void redraw() {
    List<TaskLog> tasks = running();
    if (settled.length() == 0 && tasks.isEmpty()) {
      return;
    }
    String title =
        "[+] building "
            + Quantities.duration(now() - startedAt)
            + " ("
            + ended
            + "/"
            + begun()
            + ")";
    write(region.redraw(settled, title, tasks, currentSize(), now()));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    if (settled.length() > 0 || region.isDrawn()) {
      write(region.clear(settled));
    }
  }

  private void write(String text) {
    out.print(text);
    out.flush();
    settled.setLength(0);
  }
}
