package dev.slipway.dockerfile;

/** {@code MAINTAINER}: the image's author; deprecated. */
public record MaintainerInstruction(InstructionSource source, String author)
    implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
