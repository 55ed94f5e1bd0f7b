package dev.slipway.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Draws through {@link LiveRegion} on a small screen and looks at what stands there. */
class TtyViewTest {
  private static final TerminalSize SIZE = new TerminalSize(40, 8);

  private final Script script = new Script();
  private final Screen screen = new Screen();
  private final LiveRegion region = new LiveRegion(false);
  private final StringBuilder settled = new StringBuilder();
  private final List<TaskLog> tasks = new ArrayList<>();

  private TaskLog start(int number, String title) {
    TaskLog task =
        new TaskLog(
            number, Script.started(number, TaskKind.STEP, "s", 1, 2, title), script.nanos());
    tasks.add(task);
    return task;
  }

  private void redraw() {
    screen.write(region.redraw(settled, "[+] building", tasks, SIZE, script.nanos()));
    settled.setLength(0);
  }

  @Test
  void aRunningTaskShowsItsTimeAndItsLastLines() {
    TaskLog task = start(1, "RUN make");
    byte[] output = "one\ntwo\nthree\nfour\nfive\n".getBytes(StandardCharsets.UTF_8);
    task.print(output, output.length);
    script.pass(1500);
    redraw();
    assertThat(screen.lines())
        .containsExactly(
            "[+] building",
            " ● [s 1/2] RUN make                1.5s",
            "   │ two",
            "   │ three",
            "   │ four",
            "   │ five");
  }

  @Test
  void whatHasEndedStaysAboveAndTheRegionIsDrawnInItsPlace() {
    TaskLog first = start(1, "RUN a");
    start(2, "RUN b");
    redraw();
    tasks.remove(first);
    settled.append(region.endedLine(first.label, Outcome.DONE, null, "0.1s", SIZE.columns()));
    redraw();
    redraw();
    assertThat(screen.lines())
        .containsExactly(
            " ✔ [s 1/2] RUN a                   0.1s",
            "[+] building",
            " ● [s 1/2] RUN b                   0.0s");
    screen.write(region.clear(settled));
    assertThat(screen.lines()).containsExactly(" ✔ [s 1/2] RUN a                   0.1s");
  }

  @Test
  void whyATaskFailedDoesNotActUponTheTerminal() {
    String why = "\"a\u001b]0;t\u0007\n\" not found";
    assertThat(region.endedLine("COPY a /", Outcome.FAILED, why, "0.1s", 80))
        .contains("a␛]0;t␇ \" not found");
  }

  @Test
  void moreTasksThanRowsAreCounted() {
    for (int i = 1; i <= 10; i++) {
      start(i, "RUN " + i);
    }
    redraw();
    redraw();
    assertThat(screen.lines()).hasSize(7).last().isEqualTo(" … and 5 more");
  }

  @Test
  void aTransferTellsBytesAndRate() {
    TaskLog task = start(1, "FROM x");
    script.pass(2000);
    task.done = 20_000_000;
    task.total = 40_000_000;
    redraw();
    assertThat(screen.lines().get(1)).contains("20.0 MB / 40.0 MB").hasSizeLessThan(40);
  }

  @Test
  void theViewLeavesOnlyWhatEnded() {
    TtyView view = new TtyView(script.stream(), () -> SIZE, false, script::nanos);
    view.on(Script.started(1, TaskKind.STEP, "", 0, 0, "RUN a"));
    view.on(Script.started(2, TaskKind.STEP, "", 0, 0, "RUN b"));
    view.on(Script.finished(1, Outcome.FAILED, "exit code 1"));
    view.close();
    view.close();
    screen.write(script.text());
    assertThat(screen.lines()).containsExactly(" ✘ RUN a                    exit code 1");
  }

  /** Understands as much of a terminal as the region writes. */
  private static final class Screen {
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    void write(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\u001b') {
          int end = i + 2;
          while (Character.isDigit(text.charAt(end))) {
            end++;
          }
          control(text.charAt(end), text.substring(i + 2, end));
          i = end;
        } else if (c == '\n') {
          row++;
          column = 0;
          if (row == lines.size()) {
            lines.add(new StringBuilder());
          }
        } else if (c == '\r') {
          column = 0;
        } else {
          StringBuilder line = lines.get(row);
          while (line.length() <= column) {
            line.append(' ');
          }
          line.setCharAt(column++, c);
        }
      }
    }

    private void control(char command, String number) {
      switch (command) {
        case 'A' -> row -= Integer.parseInt(number);
        case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        case 'J' -> {
          lines.get(row).setLength(Math.min(column, lines.get(row).length()));
          lines.subList(row + 1, lines.size()).clear();
        }
        default -> throw new AssertionError("unknown control " + command);
      }
    }

    List<String> lines() {
      List<String> shown = new ArrayList<>();
      for (StringBuilder line : lines.subList(0, row)) {
        shown.add(line.toString());
      }
      return shown;
    }
  }
}
