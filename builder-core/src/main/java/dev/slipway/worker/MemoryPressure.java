package dev.slipway.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells whether the kernel has ended processes for lack of memory since it was last asked. */
final class MemoryPressure {
  private static final Path STATISTICS = Path.of("/proc/vmstat");
  private static final String KILLED = "oom_kill ";
  private static final int KILLED_EXIT_CODE = 137;

  private long before = killed();

  /** What to say to a step that ended so, or null. */
  synchronized @Nullable String note(int exitCode) {
    if (exitCode != KILLED_EXIT_CODE) {
      return null;
    }
    long now = killed();
    boolean outOfMemory = now > before;
    before = now;
    return outOfMemory ? "the machine ran out of memory, and the kernel ended the step" : null;
  }

  private static long killed() {
    try {
      for (String line : Files.readAllLines(STATISTICS, StandardCharsets.US_ASCII)) {
        if (line.startsWith(KILLED)) {
          return Long.parseLong(line.substring(KILLED.length()).strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // no such statistics here, and so nothing to tell
    }
    return 0;
  }
}
