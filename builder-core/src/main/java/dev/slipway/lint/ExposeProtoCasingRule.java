package dev.slipway.lint;

import dev.slipway.dockerfile.ExposeInstruction;
import dev.slipway.dockerfile.ExposedPorts;
import java.util.Locale;

/** The protocol of EXPOSE should be lowercase. */
final class ExposeProtoCasingRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (expanded.instruction() instanceof ExposeInstruction expose) {
      for (ExposedPorts ports : expanded.ports(stage)) {
        String protocol = ports.protocol();
        if (!protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
          findings.report(
              LintRule.EXPOSE_PROTO_CASING,
              expose,
              null,
              "Defined protocol '" + ports.text() + "' in EXPOSE instruction should be lowercase",
              "write " + ports.text().toLowerCase(Locale.ROOT));
        }
      }
    }
  }
}
