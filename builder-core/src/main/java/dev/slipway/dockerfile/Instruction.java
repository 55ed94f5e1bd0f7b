package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;

/** An instruction as written; words are not expanded. */
public sealed interface Instruction
    permits AddInstruction,
        ArgInstruction,
        CmdInstruction,
        CopyInstruction,
        EntrypointInstruction,
        EnvInstruction,
        ExposeInstruction,
        FromInstruction,
        HealthcheckInstruction,
        LabelInstruction,
        MaintainerInstruction,
        OnbuildInstruction,
        RunInstruction,
        ShellInstruction,
        StopsignalInstruction,
        UserInstruction,
        VolumeInstruction,
        WorkdirInstruction {

  InstructionSource source();

  /** Calls the method of {@code visitor} for this kind of instruction. */
  <R> R accept(InstructionVisitor<R> visitor);

  default Keyword keyword() {
    return source().keyword();
  }

  /** The whole instruction with its continuation lines and here-documents. */
  default SourceSpan span() {
    return source().span();
  }
}
