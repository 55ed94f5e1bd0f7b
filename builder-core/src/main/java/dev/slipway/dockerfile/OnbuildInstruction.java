package dev.slipway.dockerfile;

/**
 * {@code ONBUILD}: an instruction for the images that are built on this one.
 *
 * @param trigger the instruction's text as the image config keeps it, here-documents in it
 * @param instruction the same, parsed
 */
public record OnbuildInstruction(InstructionSource source, String trigger, Instruction instruction)
    implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
