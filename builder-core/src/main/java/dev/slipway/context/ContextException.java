package dev.slipway.context;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A build context cannot be read, or holds what no build may use. */
public final class ContextException extends BuildException {
  public ContextException(String message) {
    super(message);
  }

  public ContextException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * @param hint what to do about it
   */
  public ContextException(String message, String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }
}
