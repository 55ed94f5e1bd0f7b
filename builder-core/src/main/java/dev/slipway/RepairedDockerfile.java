package dev.slipway;

import java.util.Arrays;
import java.util.List;

/**
 * A Dockerfile with lines added to it, so that its image can start.
 *
 * @param name as it was asked for; inside the build context, if it is there
 * @param bytes the whole text; no lines are added to one that needed none
 * @param line where the first of the lines stands, from 1
 * @param lines what was added
 */
public record RepairedDockerfile(String name, byte[] bytes, int line, List<String> lines) {
  public RepairedDockerfile {
    lines = List.copyOf(lines);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepairedDockerfile repaired
        && repaired.name.equals(name)
        && Arrays.equals(repaired.bytes, bytes)
        && repaired.line == line
        && repaired.lines.equals(lines);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
