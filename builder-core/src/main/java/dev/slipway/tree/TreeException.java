package dev.slipway.tree;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/** A path that does not mean in a tree what the build needs it to mean. */
public class TreeException extends BuildException {
  public TreeException(String message) {
    super(message);
  }

  public TreeException(String message, @Nullable String hint) {
    super(message, null, hint, null);
  }
}
