package dev.slipway.snapshot;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.oci.Digest;
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

  /** The store's disk gave other bytes back than it was given. */
  static SnapshotException damaged(Digest blob, Exception cause) {
    return new SnapshotException(
        "layer " + blob + " was damaged in the store", "it is gone from there; build again", cause);
  }

  /** Somebody deleted what this build was sure of, or it was found to be damaged. */
  static SnapshotException vanished(Digest blob) {
    return new SnapshotException("layer " + blob + " vanished from the store", "build again", null);
  }

  private SnapshotException(String message, @Nullable String hint, @Nullable Exception cause) {
    super(message, null, hint, cause);
  }
}
