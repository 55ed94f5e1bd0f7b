package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob as stored, perhaps read more than once and from several threads. */
@FunctionalInterface
public interface BlobContent {
  /** From the start; the caller closes it. */
  InputStream open() throws IOException;
}
