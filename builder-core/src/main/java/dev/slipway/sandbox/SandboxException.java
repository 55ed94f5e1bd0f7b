package dev.slipway.sandbox;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A step or a layer directory could not be had on this machine, or the step could not start. */
public class SandboxException extends BuildException {
  public SandboxException(String message) {
    super(message);
  }

  public SandboxException(String message, @Nullable String hint) {
    super(message, null, hint, null);
  }

  public SandboxException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }
}
