package dev.slipway.registry;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob to push, perhaps read more than once. */
@FunctionalInterface
public interface BlobContent {
  /** From the start; the caller closes it. */
  InputStream open() throws IOException;
}
