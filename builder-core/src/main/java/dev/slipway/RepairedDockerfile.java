package dev.slipway;

import java.util.Arrays;
import java.util.List;

/**
 * A Dockerfile with lines added to it and changed, so that its image can start.
 *
 * @param name as it was asked for; inside the build context, if it is there
 * @param bytes the whole text; no lines are added to one that needed none
 * @param line where the first of the lines stands, from 1
 * @param lines what was added
 * @param changed lines that were there already; they stand before those that were added
 */
public record RepairedDockerfile(
    String name, byte[] bytes, int line, List<String> lines, List<ChangedLine> changed) {
  public RepairedDockerfile {
    bytes = bytes.clone();
    lines = List.copyOf(lines);
    changed = List.copyOf(changed);
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * A line that is another now.
   *
   * @param line from 1
   */
  public record ChangedLine(int line, String text) {}

  /** Whether it is what it was. */
  public boolean isUnchanged() {
    return lines.isEmpty() && changed.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepairedDockerfile repaired
        && repaired.name.equals(name)
        && Arrays.equals(repaired.bytes, bytes)
        && repaired.line == line
        && repaired.lines.equals(lines)
        && repaired.changed.equals(changed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
