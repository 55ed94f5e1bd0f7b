package dev.slipway.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this machine can do for steps, fact by fact. */
public record SandboxReport(List<Finding> findings) {
  public SandboxReport {
    findings = List.copyOf(findings);
  }

  /** Whether steps can run at all. */
  public boolean canRun() {
    for (Finding finding : findings) {
      if (finding.level() == Level.MISSING) {
        return false;
      }
    }
    return true;
  }

  /** What a finding means for steps. */
  public enum Level {
    OK,
    /** Steps run, with less. */
    LIMITED,
    /** No step runs. */
    MISSING
  }

  /**
   * One fact.
   *
   * @param subject as {@code user namespaces}
   * @param found what was seen, one line
   * @param advice what to change, or null where nothing needs to
   */
  public record Finding(Level level, String subject, String found, @Nullable String advice) {}
}
