package dev.slipway.lint;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.dockerfile.shell.Expansion;

/** A variable should be set by ENV, ARG or the base image before it is used. */
final class UndefinedVarRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (!stage.isEnvironmentKnown()) {
      return;
    }
    for (Expansion expansion : expanded.expansions()) {
      for (String name : expansion.unmatched()) {
        if (!stage.arguments().contains(name) && !name.startsWith("BUILDKIT_SBOM_SCAN_")) {
          String nearest = NearestName.find(name, stage.environment().keySet());
          findings.report(
              LintRule.UNDEFINED_VAR,
              expanded.instruction(),
              null,
              "Usage of undefined variable '$"
                  + name
                  + "'"
                  + NearestName.suggestion(nearest == null ? null : "$" + nearest),
              nearest == null ? "declare it with ARG or ENV above" : "write $" + nearest);
        }
      }
    }
  }
}
