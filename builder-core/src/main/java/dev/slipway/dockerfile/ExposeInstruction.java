package dev.slipway.dockerfile;

import java.util.List;

/** {@code EXPOSE}: ports; a word may expand to several. */
public record ExposeInstruction(InstructionSource source, List<Word> ports) implements Instruction {
  public ExposeInstruction {
    ports = List.copyOf(ports);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
