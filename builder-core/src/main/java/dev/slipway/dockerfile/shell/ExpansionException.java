package dev.slipway.dockerfile.shell;

import dev.slipway.diagnostic.BuildException;

/** A word cannot be expanded. Whoever knows where the word stands adds the place. */
public final class ExpansionException extends BuildException {
  public ExpansionException(String message) {
    super(message);
  }
}
