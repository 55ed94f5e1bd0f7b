package dev.slipway.cli.progress;

import java.util.List;

/**
 * A task that failed, and the last that was heard of it.
 *
 * @param label as {@code [builder 2/4] RUN make}
 * @param lastLines the last lines that it printed
 */
public record FailedTask(String label, List<String> lastLines) {
  public FailedTask {
    lastLines = List.copyOf(lastLines);
  }
}
