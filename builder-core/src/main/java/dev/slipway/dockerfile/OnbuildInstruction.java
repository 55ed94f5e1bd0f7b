package dev.slipway.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * {@code ONBUILD}: an instruction for the images that are built on this one.
 *
 * @param trigger the instruction's text as the image config keeps it, here-documents in it
 * @param instruction the same, parsed; null where it is no instruction, which fails the build of
 *     whatever starts from this stage or its image
 */
public record OnbuildInstruction(
    InstructionSource source, String trigger, @Nullable Instruction instruction)
    implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
