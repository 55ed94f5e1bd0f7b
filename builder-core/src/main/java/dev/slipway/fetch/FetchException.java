package dev.slipway.fetch;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A remote source cannot be had, or is not what was asked for. URLs stand in it redacted. */
public final class FetchException extends BuildException {
  public FetchException(String message) {
    super(message);
  }

  public FetchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * @param hint what to do about it
   */
  public FetchException(String message, String hint) {
    super(message, null, hint, null);
  }
}
