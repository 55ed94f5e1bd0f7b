package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob as stored, perhaps read more than once and from several threads. */
@FunctionalInterface
public interface BlobContent {
  /**
   * From the start; the caller closes it. Where a disk or a line has damaged them, the last read
   * fails with a {@link BlobMismatchException}.
   */
  InputStream open() throws IOException;
}
