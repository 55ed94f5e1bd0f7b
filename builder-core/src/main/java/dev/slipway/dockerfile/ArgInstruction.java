package dev.slipway.dockerfile;

import java.util.List;

/** {@code ARG}: declares build arguments. */
public record ArgInstruction(InstructionSource source, List<ArgDefinition> definitions)
    implements Instruction {
  public ArgInstruction {
    definitions = List.copyOf(definitions);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
