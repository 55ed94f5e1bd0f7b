package dev.slipway.lint;

import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;

/** Only the last CMD, ENTRYPOINT and HEALTHCHECK of a stage counts. */
final class MultipleInstructionsDisallowedRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    Instruction instruction = expanded.instruction();
    Keyword keyword = instruction.keyword();
    if (keyword != Keyword.CMD && keyword != Keyword.ENTRYPOINT && keyword != Keyword.HEALTHCHECK) {
      return;
    }
    Instruction earlier = stage.latest(keyword);
    if (earlier != null) {
      // The finding stands at the earlier one, which is the one without effect.
      findings.report(
          LintRule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
          earlier,
          null,
          "Multiple "
              + instruction.source().keywordText()
              + " instructions should not be used in the same stage because only the last one"
              + " will be used",
          "remove this one: line " + instruction.span().line() + " replaces it");
    }
  }
}
