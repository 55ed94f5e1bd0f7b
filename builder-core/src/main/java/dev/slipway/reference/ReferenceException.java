package dev.slipway.reference;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A text is no image reference. */
public final class ReferenceException extends BuildException {
  public ReferenceException(String message, @Nullable String hint) {
    super(message, null, hint, null);
  }
}
