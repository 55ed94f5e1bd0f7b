package dev.slipway.lint;

import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.KeyValue;
import dev.slipway.dockerfile.LabelInstruction;
import java.util.List;

/** ENV and LABEL should be written with an equals sign. */
final class LegacyKeyValueFormatRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (expanded.instruction() instanceof EnvInstruction env && env.legacy()) {
      report(env, env.pairs(), findings);
    } else if (expanded.instruction() instanceof LabelInstruction label && label.legacy()) {
      report(label, label.pairs(), findings);
    }
  }

  private static void report(Instruction instruction, List<KeyValue> pairs, Findings findings) {
    String keyword = instruction.source().keywordText();
    for (KeyValue pair : pairs) {
      String value = pair.value().text();
      boolean plain = value.indexOf(' ') < 0 && value.indexOf('\t') < 0;
      findings.report(
          LintRule.LEGACY_KEY_VALUE_FORMAT,
          instruction,
          pair.key(),
          "\""
              + keyword
              + " key=value\" should be used instead of legacy \""
              + keyword
              + " key value\" format",
          "write "
              + keyword
              + " "
              + pair.key().text()
              + "="
              + (plain ? value : "\"" + value.replace("\"", "") + "\""));
    }
  }
}
