package dev.slipway.oci;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** An image document, digest or platform is not what the specification allows. */
public final class OciException extends BuildException {
  public OciException(String message) {
    super(message);
  }

  public OciException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public OciException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }
}
