package dev.slipway.registry;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/**
 * A registry refused, or could not be reached. The message has the method, the URL without its
 * secrets, and the registry's own code and message where it gave them.
 */
public final class RegistryException extends BuildException {
  private final int status;
  private final String code;

  RegistryException(
      String message, int status, String code, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
    this.status = status;
    this.code = code;
  }

  RegistryException(String message, @Nullable String hint, @Nullable Throwable cause) {
    this(message, 0, "", hint, cause);
  }

  RegistryException(String message) {
    this(message, null, null);
  }

  /** The HTTP status, or 0 where there was no answer. */
  public int status() {
    return status;
  }

  /** The first code of the distribution-spec, as {@code MANIFEST_UNKNOWN}; empty for none. */
  public String code() {
    return code;
  }
}
