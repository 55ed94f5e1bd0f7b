package dev.slipway.context;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/** A build context cannot be read, or holds what no build may use. */
public sealed class ContextException extends BuildException permits IgnoreFileException {
  public ContextException(String message) {
    super(message);
  }

  public ContextException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * @param hint what to do about it
   */
  public ContextException(String message, String hint, @Nullable Throwable cause) {
    super(message, null, hint, cause);
  }

  /** A name that would be a deletion in the layer that it is copied to. */
  static ContextException whiteout(String path) {
    return new ContextException(
        "\"" + path + "\" cannot be copied: in an image layer a name with .wh. means a deletion",
        "rename it, or add it to .dockerignore",
        null);
  }

  /** A file or directory that the build asks for was refused. */
  static ContextException unreadable(Object path, IOException cause) {
    String message = "cannot read \"" + path + "\": " + FileRefusal.reason(cause);
    return cause instanceof AccessDeniedException
        ? new ContextException(message, "add it to .dockerignore, or make it readable", cause)
        : new ContextException(message, cause);
  }
}
