package dev.slipway.dockerfile;

/** {@code USER}: user and group of the steps below and of the container. */
public record UserInstruction(InstructionSource source, Word user) implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
