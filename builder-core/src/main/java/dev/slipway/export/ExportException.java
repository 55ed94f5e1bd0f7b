package dev.slipway.export;

import dev.slipway.diagnostic.BuildException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
    String reason = reason(e);
    String hint =
        reason.contains("No space left")
            ? "free some space, or write elsewhere"
            : e instanceof AccessDeniedException ? "write to where you may" : null;
    return new ExportException("cannot write \"" + target + "\": " + reason, hint, e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException missing) {
      return "\"" + missing.getFile() + "\" does not exist";
    }
    if (e instanceof NotDirectoryException file) {
      return "\"" + file.getFile() + "\" is not a directory";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
