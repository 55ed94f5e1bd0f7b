package dev.slipway.progress;

import dev.slipway.diagnostic.BuildException;

/** The build was told to stop. */
public final class CancelledException extends BuildException {
  public CancelledException() {
    super("build cancelled");
  }
}
