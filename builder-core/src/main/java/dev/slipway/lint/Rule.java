package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;

/**
 * One rule. It looks at the file as a whole, or at each instruction of the stages that matter, or
 * at both. Without state: what it needs to remember of a stage is in {@link StageState}.
 */
interface Rule {
  /** Looks at the file. */
  default void check(Dockerfile file, LintInputs inputs, Findings findings) {}

  /** Looks at an instruction, at what was known before it. */
  default void check(ExpandedInstruction expanded, StageState stage, Findings findings) {}
}
