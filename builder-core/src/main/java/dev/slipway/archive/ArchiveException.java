package dev.slipway.archive;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A file or directory holds no image, not the image asked for, or cannot be read. */
public final class ArchiveException extends BuildException {
  ArchiveException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }

  ArchiveException(String message) {
    this(message, null, null);
  }
}
