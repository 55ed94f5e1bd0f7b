package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.SourceSpan;
import org.jspecify.annotations.Nullable;

/** A Dockerfile that parses cannot become a plan. */
public final class ResolveException extends BuildException {
  public ResolveException(String message, @Nullable SourceSpan span) {
    super(message, span, null, null);
  }

  public ResolveException(String message, @Nullable SourceSpan span, @Nullable String hint) {
    super(message, span, hint, null);
  }

  public ResolveException(
      String message, @Nullable SourceSpan span, @Nullable String hint, Throwable cause) {
    super(message, span, hint, cause);
  }
}
