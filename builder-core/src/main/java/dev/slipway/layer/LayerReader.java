package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import java.io.IOException;
import java.io.InputStream;

/** Reads tar archives: ustar, PAX and GNU. */
public final class LayerReader {
  private LayerReader() {}

  /**
   * Tells the visitor of each member, in bounded memory, and reads the stream to its end.
   *
   * @param tar uncompressed; stays open
   * @throws LayerException if the archive is malformed, leaves its root, or goes over a bound
   */
  public static void read(InputStream tar, LayerReadOptions options, LayerVisitor visitor)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * The archive as changes.
   *
   * @param tar uncompressed; stays open
   * @param contents makes the handles of the files
   * @throws LayerException also if a hard link's target is not in the archive
   */
  public static ChangeSet readChanges(
      InputStream tar, LayerReadOptions options, ContentSource contents) throws IOException {
    throw new UnsupportedOperationException();
  }
}
