package dev.slipway.inspect;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** An image cannot be looked into. */
public final class InspectException extends BuildException {
  public InspectException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }
}
