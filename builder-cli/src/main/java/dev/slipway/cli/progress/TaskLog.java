package dev.slipway.cli.progress;

import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.BuildEvent.TaskStarted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What is known of one task: its label, its times, its transfer, its last lines. */
final class TaskLog {
  /** How many lines are kept to be shown where the task fails. */
  private static final int KEPT_LINES = 20;

  final int number;
  final TaskKind kind;
  final String label;
  final long startedAt;
  long done;
  long total = -1;

  private final LineSplitter splitter = new LineSplitter();
  private final Deque<String> lastLines = new ArrayDeque<>();

  TaskLog(int number, TaskStarted start, long now) {
    this.number = number;
    this.kind = start.kind();
    this.label = label(start);
    this.startedAt = now;
  }

  private static String label(TaskStarted start) {
    StringBuilder label = new StringBuilder();
    if (!start.group().isEmpty() || start.step() > 0) {
      label.append('[').append(ConsoleText.clean(start.group()));
      if (start.step() > 0) {
        label.append(label.length() > 1 ? " " : "").append(start.step());
        label.append('/').append(start.steps());
      }
      label.append("] ");
    }
    return label.append(ConsoleText.clean(start.title())).toString();
  }

  /** Takes what the task printed; the lines that are complete now. */
  List<String> print(byte[] bytes, int length) {
    return keep(splitter.add(bytes, length));
  }

  /** The last line where it had no end. */
  List<String> endPrinting() {
    return keep(splitter.rest());
  }

  private List<String> keep(List<String> lines) {
    for (String line : lines) {
      if (lastLines.size() == KEPT_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
    return lines;
  }

  /** The last lines, at most {@code count} of them, oldest first. */
  List<String> lastLines(int count) {
    List<String> lines = new ArrayList<>(lastLines);
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  FailedTask failed() {
    return new FailedTask(label, lastLines(KEPT_LINES));
  }

  /** {@code 12.3 MB / 40.1 MB 10.2 MB/s}, or empty where nothing is transferred. */
  String transfer(long now) {
    if (done == 0 && total < 0) {
      return "";
    }
    StringBuilder text = new StringBuilder(Quantities.bytes(done));
    if (total >= 0) {
      text.append(" / ").append(Quantities.bytes(total));
    }
    long elapsed = now - startedAt;
    if (elapsed > 200_000_000 && done > 0) {
      text.append("  ").append(Quantities.bytes((long) (done * 1e9 / elapsed))).append("/s");
    }
    return text.toString();
  }
}
