package dev.slipway.lint;

import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.EntrypointInstruction;
import dev.slipway.dockerfile.Instruction;

/** CMD and ENTRYPOINT should be JSON, so that signals reach the program and not a shell. */
final class JsonArgsRecommendedRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    Instruction instruction = expanded.instruction();
    Command command =
        instruction instanceof CmdInstruction cmd
            ? cmd.command()
            : instruction instanceof EntrypointInstruction entrypoint ? entrypoint.command() : null;
    if (command instanceof Command.ShellForm shell && !stage.isShellSet()) {
      String keyword = instruction.source().keywordText();
      findings.report(
          LintRule.JSON_ARGS_RECOMMENDED,
          instruction,
          null,
          "JSON arguments recommended for "
              + keyword
              + " to prevent unintended behavior related to OS signals",
          "write " + keyword + " [\"" + shell.text().strip().replaceAll("\\s+", "\", \"") + "\"]");
    }
  }
}
