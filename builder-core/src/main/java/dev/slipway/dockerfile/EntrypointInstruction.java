package dev.slipway.dockerfile;

/** {@code ENTRYPOINT}: the program that a container runs. */
public record EntrypointInstruction(InstructionSource source, Command command)
    implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
