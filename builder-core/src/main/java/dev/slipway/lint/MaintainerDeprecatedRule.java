package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MaintainerInstruction;
import dev.slipway.dockerfile.Stage;

/** A label should name the author. */
final class MaintainerDeprecatedRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        if (instruction instanceof MaintainerInstruction maintainer) {
          findings.report(
              LintRule.MAINTAINER_DEPRECATED,
              instruction,
              null,
              "Maintainer instruction is deprecated in favor of using label",
              "write LABEL org.opencontainers.image.authors=\""
                  + escaped(maintainer.author(), file.escape())
                  + "\"");
        }
      }
    }
  }

  /** The same text where quotes stand around it and variables are expanded. */
  private static String escaped(String text, char escape) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '$' || c == escape) {
        out.append(escape);
      }
      out.append(c);
    }
    return out.toString();
  }
}
