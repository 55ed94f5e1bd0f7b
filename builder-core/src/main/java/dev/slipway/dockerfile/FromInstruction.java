package dev.slipway.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * {@code FROM}: starts a stage.
 *
 * @param platform {@code --platform}
 * @param base an image, a stage, a named context or {@code scratch}
 * @param as the word {@code AS} as written; null where the stage has no name
 * @param name the stage's name as written
 */
public record FromInstruction(
    InstructionSource source,
    @Nullable Word platform,
    Word base,
    @Nullable Word as,
    @Nullable Word name)
    implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
