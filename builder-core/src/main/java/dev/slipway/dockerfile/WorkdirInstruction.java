package dev.slipway.dockerfile;

/** {@code WORKDIR}: the working directory. */
public record WorkdirInstruction(InstructionSource source, Word path) implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
