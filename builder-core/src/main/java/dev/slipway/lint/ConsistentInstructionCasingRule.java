package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All instructions should be written in the case of the majority. */
final class ConsistentInstructionCasingRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    List<Instruction> instructions = new ArrayList<>();
    for (Stage stage : file.stages()) {
      instructions.add(stage.from());
      instructions.addAll(stage.instructions());
    }
    int balance = 0;
    for (Instruction instruction : instructions) {
      String keyword = instruction.source().keywordText();
      if (keyword.equals(lower(keyword))) {
        balance++;
      } else if (keyword.equals(keyword.toUpperCase(Locale.ROOT))) {
        balance--;
      }
    }
    boolean majorityLower = balance > 0;
    for (Instruction instruction : instructions) {
      String keyword = instruction.source().keywordText();
      String wanted = majorityLower ? lower(keyword) : keyword.toUpperCase(Locale.ROOT);
      if (!keyword.equals(wanted)) {
        findings.report(
            LintRule.CONSISTENT_INSTRUCTION_CASING,
            instruction,
            null,
            "Command '"
                + keyword
                + "' should match the case of the command majority ("
                + (majorityLower ? "lowercase" : "uppercase")
                + ")",
            "write " + wanted);
      }
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
