package dev.slipway.cli.progress;

import dev.slipway.diagnostic.VisibleText;
import dev.slipway.progress.BuildEvent.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lowest lines of a terminal, that are drawn again and again: a title, then what runs. It makes
 * the text to write and remembers how many lines it must go up for the next one. The cursor is left
 * at the start of the line below the region.
 */
final class LiveRegion {
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String CYAN = "\u001b[36m";
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  /** How many of its last lines a running task shows where there is room. */
  private static final int OUTPUT_LINES = 4;

  private final boolean colours;
  private int drawnLines;

  LiveRegion(boolean colours) {
    this.colours = colours;
  }

  boolean isDrawn() {
    return drawnLines > 0;
  }

  /** A task's last line, with its line break. */
  String endedLine(
      String label, Outcome outcome, @Nullable String detail, String time, int columns) {
    String mark =
        switch (outcome) {
          case DONE -> coloured(GREEN, "✔");
          case CACHED -> coloured(CYAN, "=");
          case FAILED -> coloured(RED, "✘");
          case CANCELLED -> coloured(FAINT, "-");
        };
    String tail =
        switch (outcome) {
          case DONE -> detail == null ? time : shown(detail) + "  " + time;
          case CACHED -> "cached";
          case FAILED -> detail == null ? "failed" : shown(detail);
          case CANCELLED -> "cancelled";
        };
    return " " + mark + " " + justified(label, tail, columns - 4) + "\n";
  }

  private static String shown(String detail) {
    return VisibleText.of(detail).replace('\n', ' ');
  }

  /**
   * @param settled whole lines to leave above the region for good
   */
  String redraw(
      CharSequence settled, String title, List<TaskLog> tasks, TerminalSize size, long now) {
    List<String> lines = new ArrayList<>();
    lines.add(ConsoleText.fit(title, size.columns() - 1));
    // The last row stays free: writing into its end would scroll the region away.
    int room = size.rows() - 2;
    int shown = Math.min(tasks.size(), room);
    if (shown < tasks.size()) {
      shown--;
    }
    int spare = room - shown;
    for (int i = 0; i < shown; i++) {
      int share = (spare + shown - i - 1) / (shown - i);
      spare -= addTask(lines, tasks.get(i), Math.min(OUTPUT_LINES, share), size.columns(), now);
    }
    if (shown < tasks.size()) {
      lines.add(" … and " + (tasks.size() - shown) + " more");
    }
    StringBuilder text = start(settled);
    for (String line : lines) {
      text.append(line).append(CLEAR_REST_OF_LINE).append('\n');
    }
    drawnLines = lines.size();
    return text.append(CLEAR_BELOW).toString();
  }

  /** Returns how many lines of output it took. */
  private int addTask(List<String> lines, TaskLog task, int outputLines, int columns, long now) {
    String transfer = task.transfer(now);
    String time = Quantities.duration(now - task.startedAt);
    String tail = transfer.isEmpty() ? time : transfer + "  " + time;
    lines.add(" " + coloured(CYAN, "●") + " " + justified(task.label, tail, columns - 4));
    List<String> output = task.lastLines(outputLines);
    for (String line : output) {
      lines.add(coloured(FAINT, "   │ " + ConsoleText.fit(line, columns - 6)));
    }
    return output.size();
  }

  /** Takes the region away. */
  String clear(CharSequence settled) {
    StringBuilder text = start(settled);
    drawnLines = 0;
    return text.append(CLEAR_BELOW).toString();
  }

  /** Goes up to the region's first line and writes there what stays. */
  private StringBuilder start(CharSequence settled) {
    StringBuilder text = new StringBuilder(1024);
    if (drawnLines > 0) {
      text.append("\u001b[").append(drawnLines).append("A\r");
    }
    for (int i = 0; i < settled.length(); i++) {
      if (settled.charAt(i) == '\n') {
        text.append(CLEAR_REST_OF_LINE);
      }
      text.append(settled.charAt(i));
    }
    return text;
  }

  private String coloured(String colour, String text) {
    return colours ? colour + text + PLAIN : text;
  }

  /** The label at the left and the tail at the right; the label gives way. */
  private static String justified(String label, String tail, int columns) {
    String end = ConsoleText.fit(tail, columns * 2 / 3);
    int room = columns - ConsoleText.width(end) - 1;
    String start = ConsoleText.fit(label, room);
    int gap = Math.max(1, room + 1 - ConsoleText.width(start));
    return start + " ".repeat(gap) + end;
  }
}
