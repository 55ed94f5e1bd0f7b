package dev.slipway.execute;

import dev.slipway.diagnostic.SourceSpan;
import org.jspecify.annotations.Nullable;

/** A command of a RUN ended with an exit code other than 0. */
public final class StepFailedException extends ExecutionException {
  private final int exitCode;

  StepFailedException(
      String message, int exitCode, @Nullable SourceSpan span, @Nullable String hint) {
    super(message, span, hint, null);
    this.exitCode = exitCode;
  }

  /** As a shell reports it. */
  public int exitCode() {
    return exitCode;
  }
}
