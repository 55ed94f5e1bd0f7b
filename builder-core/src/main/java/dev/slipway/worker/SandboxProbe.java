package dev.slipway.worker;

import dev.slipway.sandbox.SandboxReport;
import java.util.List;

/** Finds out what this machine can do for steps, by trying. */
public final class SandboxProbe {
  private SandboxProbe() {}

  /** Takes about as long as starting a worker. */
  public static SandboxReport probe(WorkerSettings settings) {
    return new SandboxReport(
        List.of(
            new SandboxReport.Finding(
                SandboxReport.Level.LIMITED, "sandbox", settings.kind().label(), null)));
  }
}
