package dev.slipway.dockerfile;

import java.util.List;

/** {@code SHELL}: what runs the shell forms below it. */
public record ShellInstruction(InstructionSource source, List<String> shell)
    implements Instruction {
  public ShellInstruction {
    shell = List.copyOf(shell);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
