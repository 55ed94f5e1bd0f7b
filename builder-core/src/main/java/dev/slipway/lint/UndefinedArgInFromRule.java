package dev.slipway.lint;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import org.jspecify.annotations.Nullable;

/** FROM may only use arguments that are declared above it. */
final class UndefinedArgInFromRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    GlobalArguments arguments = GlobalArguments.of(file, inputs);
    for (Stage stage : file.stages()) {
      FromInstruction from = stage.from();
      check(from.base(), from, arguments, findings);
      check(from.platform(), from, arguments, findings);
    }
  }

  private static void check(
      @Nullable Word word, FromInstruction from, GlobalArguments arguments, Findings findings) {
    Expansion expansion = word == null ? null : arguments.expand(word.text());
    if (expansion == null) {
      return;
    }
    for (String name : expansion.unmatched()) {
      if (!arguments.declared().contains(name)) {
        String nearest = NearestName.find(name, arguments.declared());
        findings.report(
            LintRule.UNDEFINED_ARG_IN_FROM,
            from,
            word,
            "FROM argument '" + name + "' is not declared" + NearestName.suggestion(nearest),
            nearest == null ? "add ARG " + name + " above the first FROM" : "write $" + nearest);
      }
    }
  }
}
