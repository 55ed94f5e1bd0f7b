package dev.slipway.oci;

import java.io.IOException;

/** The bytes of a blob are not those that its descriptor names; trying again may help. */
public final class BlobMismatchException extends IOException {
  public BlobMismatchException(String message) {
    super(message);
  }
}
