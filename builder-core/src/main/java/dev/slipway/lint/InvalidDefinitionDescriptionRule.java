package dev.slipway.lint;

import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;

/** A comment above FROM or ARG should start with the name that it describes. */
final class InvalidDefinitionDescriptionRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    for (ArgInstruction arg : file.globalArgs()) {
      checkArg(arg, findings);
    }
    for (Stage stage : file.stages()) {
      if (stage.name() != null) {
        check(stage.from(), List.of(stage.name()), findings);
      }
      for (Instruction instruction : stage.instructions()) {
        if (instruction instanceof ArgInstruction arg) {
          checkArg(arg, findings);
        }
      }
    }
  }

  private static void checkArg(ArgInstruction arg, Findings findings) {
    List<String> names = new ArrayList<>();
    for (ArgDefinition definition : arg.definitions()) {
      names.add(definition.name().text());
    }
    check(arg, names, findings);
  }

  private static void check(Instruction instruction, List<String> names, Findings findings) {
    List<String> comments = instruction.source().comments();
    if (comments.isEmpty() || names.isEmpty()) {
      return;
    }
    String last = comments.get(comments.size() - 1);
    int blank = last.indexOf(' ');
    if (names.contains(blank < 0 ? last : last.substring(0, blank))) {
      return;
    }
    String example = names.size() > 1 ? "<arg_key>" : names.get(0);
    findings.report(
        LintRule.INVALID_DEFINITION_DESCRIPTION,
        instruction,
        null,
        "Comment for "
            + instruction.keyword()
            + " should follow the format: `# "
            + example
            + " <description>`",
        "start the comment with the name, or put a line with only # below it");
  }
}
