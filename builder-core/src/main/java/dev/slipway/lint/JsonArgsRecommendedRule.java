package dev.slipway.lint;

import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.EntrypointInstruction;
import dev.slipway.dockerfile.Instruction;

/** CMD and ENTRYPOINT should be JSON, so that signals reach the program and not a shell. */
final class JsonArgsRecommendedRule implements Rule {
  private static final String PLAIN = " \t-_./:,@%+=";

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
          "write " + keyword + " [\"" + String.join("\", \"", words(shell.text())) + "\"]");
    }
  }

  /** The words of a command that means the same without a shell, else an example. */
  private static String[] words(String command) {
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (!Character.isLetterOrDigit(c) && PLAIN.indexOf(c) < 0) {
        return new String[] {"program", "argument"};
      }
    }
    return command.strip().split("[ \t]+");
  }
}
