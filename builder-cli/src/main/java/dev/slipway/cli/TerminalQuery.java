package dev.slipway.cli;

import dev.slipway.cli.progress.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks how large the terminal is: the environment first, then {@code stty}. */
final class TerminalQuery {
  private TerminalQuery() {}

  static TerminalSize ask(Map<String, String> environment) {
    int columns = number(environment.get("COLUMNS"));
    int rows = number(environment.get("LINES"));
    return columns > 0 && rows > 0 ? new TerminalSize(columns, rows) : askTerminal();
  }

  private static TerminalSize askTerminal() {
    ProcessBuilder stty = new ProcessBuilder("stty", "size");
    stty.redirectInput(new File("/dev/tty")).redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = stty.start();
      String answer =
          new String(process.getInputStream().readNBytes(32), StandardCharsets.US_ASCII).strip();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      int space = answer.indexOf(' ');
      if (space > 0) {
        int rows = number(answer.substring(0, space));
        int columns = number(answer.substring(space + 1));
        if (rows > 0 && columns > 0) {
          return new TerminalSize(columns, rows);
        }
      }
    } catch (IOException e) {
      // no stty: the usual size will do
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return TerminalSize.USUAL;
  }

  private static int number(@Nullable String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
