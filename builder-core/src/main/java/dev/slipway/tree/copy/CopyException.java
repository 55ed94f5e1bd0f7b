package dev.slipway.tree.copy;

import dev.slipway.tree.TreeException;
import org.jspecify.annotations.Nullable;

/** A COPY, ADD or WORKDIR that cannot be done. */
public class CopyException extends TreeException {
  public CopyException(String message) {
    super(message, null);
  }

  public CopyException(String message, @Nullable String hint) {
    super(message, hint);
  }

  static CopyException malformedPattern(String pattern, IllegalArgumentException why) {
    return new CopyException("malformed pattern \"" + pattern + "\": " + why.getMessage());
  }
}
