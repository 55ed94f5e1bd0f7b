package dev.slipway.dockerfile;

/** {@code CMD}: the default command or its arguments. */
public record CmdInstruction(InstructionSource source, Command command) implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
