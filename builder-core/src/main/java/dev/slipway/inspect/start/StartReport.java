package dev.slipway.inspect.start;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the start check says of an image.
 *
 * @param needs what the command needs of a base; null where there is no command, or it could not be
 *     looked into
 */
public record StartReport(List<StartFinding> findings, @Nullable RuntimeNeeds needs) {
  /** Of what has nothing to check. */
  public static final StartReport NONE = new StartReport(List.of(), null);

  public StartReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing keeps the command from being started. */
  public boolean starts() {
    for (StartFinding finding : findings) {
      if (finding.certain()) {
        return false;
      }
    }
    return true;
  }
}
