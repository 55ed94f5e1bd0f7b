package dev.slipway.snapshot;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A form of a layer cannot be had. */
public final class SnapshotException extends BuildException {
  public SnapshotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The store's disk refused to take a layer. */
  static SnapshotException unwritable(String what, IOException cause) {
    return new SnapshotException(
        what + ": " + FileRefusal.reason(cause),
        FileRefusal.isDiskFull(cause)
            ? "free space with 'slipway cache prune', or choose another disk with --cache-dir"
            : null,
        cause);
  }

  private SnapshotException(String message, @Nullable String hint, Throwable cause) {
    super(message, null, hint, cause);
  }
}
