package dev.slipway.snapshot;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A form of a layer cannot be had. */
public final class SnapshotException extends BuildException {
  public SnapshotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
