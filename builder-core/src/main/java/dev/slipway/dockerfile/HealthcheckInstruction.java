package dev.slipway.dockerfile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code HEALTHCHECK}: how to tell that a container works.
 *
 * @param test null for {@code HEALTHCHECK NONE}
 * @param interval null where not given, as are the others
 */
public record HealthcheckInstruction(
    InstructionSource source,
    @Nullable Command test,
    @Nullable Duration interval,
    @Nullable Duration timeout,
    @Nullable Duration startPeriod,
    @Nullable Duration startInterval,
    @Nullable Integer retries)
    implements Instruction {

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
