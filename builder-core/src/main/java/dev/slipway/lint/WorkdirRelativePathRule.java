package dev.slipway.lint;

import dev.slipway.dockerfile.WorkdirInstruction;

/** The first WORKDIR should be absolute, or it depends on the base image. */
final class WorkdirRelativePathRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (expanded.instruction() instanceof WorkdirInstruction workdir && !stage.isWorkdirSet()) {
      String path = expanded.value(workdir.path());
      if (!stage.isAbsolute(path)) {
        findings.report(
            LintRule.WORKDIR_RELATIVE_PATH,
            workdir,
            workdir.path(),
            "Relative workdir \""
                + path
                + "\" can have unexpected results if the base image changes",
            "write WORKDIR /" + path);
      }
    }
  }
}
