package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long this process has run, to hundredths of a second; only Linux tells. */
final class ProcessAge {
  private static final long NANOS_PER_TICK = 10_000_000;

  /** The field of proc(5)'s {@code stat} that holds the start, counted after the name's bracket. */
  private static final int START_FIELD = 20;

  private ProcessAge() {}

  /** In nanoseconds; 0 where it is not known. */
  static long nanos() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ");
      String uptime = Files.readString(Path.of("/proc/uptime"));
      long now = (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1e9);
      return now - Long.parseLong(fields[START_FIELD]) * NANOS_PER_TICK;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
