package dev.slipway.dockerfile;

import java.util.List;

/**
 * {@code ENV}: sets environment variables. All values of a line see the environment before it.
 *
 * @param legacy written as {@code ENV key value}
 */
public record EnvInstruction(InstructionSource source, List<KeyValue> pairs, boolean legacy)
    implements Instruction {
  public EnvInstruction {
    pairs = List.copyOf(pairs);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
