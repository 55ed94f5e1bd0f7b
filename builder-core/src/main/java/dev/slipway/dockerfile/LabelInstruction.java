package dev.slipway.dockerfile;

import java.util.List;

/**
 * {@code LABEL}: sets labels of the image.
 *
 * @param legacy written as {@code LABEL key value}
 */
public record LabelInstruction(InstructionSource source, List<KeyValue> pairs, boolean legacy)
    implements Instruction {
  public LabelInstruction {
    pairs = List.copyOf(pairs);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
