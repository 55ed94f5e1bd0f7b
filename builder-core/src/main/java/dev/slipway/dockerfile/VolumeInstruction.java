package dev.slipway.dockerfile;

import java.util.List;

/** {@code VOLUME}: paths that a container keeps outside of its file system. */
public record VolumeInstruction(InstructionSource source, List<Word> paths) implements Instruction {
  public VolumeInstruction {
    paths = List.copyOf(paths);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
