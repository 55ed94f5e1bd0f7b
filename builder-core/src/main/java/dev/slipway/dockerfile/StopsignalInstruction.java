package dev.slipway.dockerfile;

/** {@code STOPSIGNAL}: the signal that stops a container. */
public record StopsignalInstruction(InstructionSource source, Word signal) implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
