package dev.slipway.session;

import dev.slipway.diagnostic.BuildException;

/** A build failed for what a shared cache gave it, and is worth another try without. */
final class UnusableCacheException extends BuildException {
  UnusableCacheException(BuildException cause) {
    super(String.valueOf(cause.getMessage()), cause.span(), cause.hint(), cause);
  }
}
