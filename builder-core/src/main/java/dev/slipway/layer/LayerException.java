package dev.slipway.layer;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** An archive that cannot be read or must not be trusted, or changes that no archive can hold. */
public final class LayerException extends BuildException {
  public LayerException(String message) {
    super(message);
  }

  public LayerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public LayerException(String message, String hint) {
    super(message, null, hint, null);
  }
}
