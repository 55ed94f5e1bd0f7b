package dev.slipway.assemble;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** An image cannot be put together as asked. */
public final class AssembleException extends BuildException {
  public AssembleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
