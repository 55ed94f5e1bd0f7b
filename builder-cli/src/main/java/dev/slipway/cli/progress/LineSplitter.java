package dev.slipway.cli.progress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes lines of the bytes that one task prints. A carriage return starts its line over, as a
 * progress bar of a step means it to. Not thread-safe.
 */
final class LineSplitter {
  /** What a line without an end is cut at, so that a step cannot fill the memory. */
  private static final int LIMIT = 16 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
  private boolean returned;

  /** The lines that these bytes complete, cleaned of control characters. */
  List<String> add(byte[] bytes, int length) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        lines.add(take());
      } else if (b == '\r') {
        returned = true;
      } else {
        if (returned) {
          line.reset();
          returned = false;
        }
        line.write(b);
        if (line.size() >= LIMIT) {
          lines.add(take());
        }
      }
    }
    return lines;
  }

  /** The last line where it has no end; empty where there is none. */
  List<String> rest() {
    return line.size() == 0 ? List.of() : List.of(take());
  }

  private String take() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    returned = false;
    return ConsoleText.clean(text);
  }
}
