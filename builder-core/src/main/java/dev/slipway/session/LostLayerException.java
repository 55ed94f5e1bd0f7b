package dev.slipway.session;

import dev.slipway.diagnostic.BuildException;

/** A cache told of a layer, and does not give it. */
final class LostLayerException extends BuildException {
  LostLayerException(BuildException cause) {
    super(String.valueOf(cause.getMessage()), null, cause.hint(), cause);
  }
}
