package dev.slipway.context;

import org.jspecify.annotations.Nullable;

/** A line of an ignore file is no pattern; the Dockerfile itself may be read all the same. */
public final class IgnoreFileException extends ContextException {
  IgnoreFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  IgnoreFileException(String message, String hint) {
    super(message, hint, null);
  }
}
