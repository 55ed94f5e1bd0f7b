package dev.slipway.tree;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a regular file, wherever they are. A handle is immutable, safe for use by several
 * threads, and as small as it can be: a tree may hold a million of them.
 */
public interface Content {
  /** The number of bytes that {@link #open} will give. */
  long size();

  /**
   * A new stream of the bytes from the first on; the caller closes it.
   *
   * @throws IOException if the bytes are not there any more or not readable
   */
  InputStream open() throws IOException;

  /**
   * The SHA-256 of the bytes in lower-case hexadecimal, or null where it would cost reading them.
   */
  @Nullable String digestIfKnown();
}
