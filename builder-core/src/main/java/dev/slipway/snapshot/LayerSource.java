package dev.slipway.snapshot;

import dev.slipway.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/** Port: where the blobs of an image come from, when they are wanted. */
@FunctionalInterface
public interface LayerSource {
  /**
   * @return the bytes of the blob, which fail at their end if they are others; the caller closes it
   */
  InputStream open(Descriptor blob) throws IOException;
}
