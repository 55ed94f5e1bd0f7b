package dev.slipway.export;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.oci.BlobMismatchException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An image cannot be written to its target. */
public final class ExportException extends BuildException {
  public ExportException(String message) {
    super(message);
  }

  public ExportException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }

  /** The disk, or whatever is behind {@code target}, refused. */
  public static ExportException of(String target, IOException e) {
    String hint =
        e instanceof BlobMismatchException
            ? "a layer was damaged in the store; it is gone from there, so build again"
            : FileRefusal.hint(e, "write to where you may");
    return new ExportException(
        "cannot write \"" + target + "\": " + FileRefusal.reason(e), hint, e);
  }
}
