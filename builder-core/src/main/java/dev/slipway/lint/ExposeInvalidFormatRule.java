package dev.slipway.lint;

import dev.slipway.dockerfile.ExposeInstruction;
import dev.slipway.dockerfile.ExposedPorts;

/** EXPOSE names ports of the container; addresses and host ports mean nothing in it. */
final class ExposeInvalidFormatRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (expanded.instruction() instanceof ExposeInstruction expose) {
      for (ExposedPorts ports : expanded.ports(stage)) {
        if (ports.hostMapping()) {
          findings.report(
              LintRule.EXPOSE_INVALID_FORMAT,
              expose,
              null,
              "EXPOSE instruction should not define an IP address or host-port mapping, found '"
                  + ports.text()
                  + "'",
              "write " + ports.text().substring(ports.text().lastIndexOf(':') + 1));
        }
      }
    }
  }
}
