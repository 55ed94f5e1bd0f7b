package dev.slipway.cli.options;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** The command line itself is wrong; nothing was begun. */
public final class UsageException extends BuildException {
  public UsageException(String message) {
    this(message, null);
  }

  public UsageException(String message, @Nullable String hint) {
    super(message, null, hint, null);
  }
}
