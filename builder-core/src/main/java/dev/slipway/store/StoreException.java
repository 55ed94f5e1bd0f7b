package dev.slipway.store;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store's disk refused something, or gave back what was not put there. */
public final class StoreException extends BuildException {
  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }

  /** Says which operation failed on which file, and what the system said. */
  static StoreException of(String action, Path file, IOException cause) {
    String hint = null;
    if (cause instanceof AccessDeniedException) {
      hint = "choose a directory this user owns with --cache-dir";
    } else if (FileRefusal.isDiskFull(cause)) {
      hint = "free space with 'slipway cache prune', or choose another disk with --cache-dir";
    } else if (FileRefusal.reason(cause).contains("Read-only file system")) {
      hint = "choose a directory that can be written with --cache-dir";
    } else if (FileRefusal.reason(cause).contains("No locks available")) {
      hint = "the file system has no file locks: choose another one with --cache-dir";
    }
    return new StoreException(
        "cannot " + action + " '" + file + "': " + FileRefusal.reason(cause), hint, cause);
  }
}
