package dev.slipway.execute;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.progress.CancelledException;
import org.jspecify.annotations.Nullable;

/** A step cannot be carried out. */
public class ExecutionException extends BuildException {
  public ExecutionException(
      String message, @Nullable SourceSpan span, @Nullable String hint, @Nullable Throwable cause) {
    super(message, span, hint, cause);
  }

  /** {@code failure} with the place that it lacks. */
  static BuildException at(@Nullable SourceSpan span, BuildException failure) {
    if (failure.span() != null
        || span == null
        || failure instanceof CancelledException
        || failure instanceof DiagnosticsException) {
      return failure;
    }
    return new ExecutionException(
        String.valueOf(failure.getMessage()), span, failure.hint(), failure);
  }
}
