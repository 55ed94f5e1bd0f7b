package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;

/** Writes layers as they are sent and stored, in one pass. */
public final class LayerBlobs {
  private LayerBlobs() {}

  /**
   * Archives, hashes, compresses and hashes again. The bytes depend on the changes, the compression
   * and the level only, never on the executor.
   *
   * @param level of the compression's own scale
   * @param executor compresses blocks beside the calling thread, which does what it does not get to
   * @param parallelism how many blocks are in the making at most; each holds 2 MiB
   * @param blob stays open
   */
  public static LayerDigests write(
      ChangeSet changes,
      Compression compression,
      int level,
      Executor executor,
      int parallelism,
      OutputStream blob)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
