package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes changes as the tar archive of a layer: in the order of the changes, whole-second times, no
 * names of users, PAX headers only where ustar cannot say it. The same changes give the same bytes.
 */
public final class LayerWriter {
  private LayerWriter() {}

  /**
   * @param tar stays open
   * @throws LayerException if a name begins with {@code .wh.}, or a file's content has not the size
   *     that its entry says
   */
  public static void write(ChangeSet changes, OutputStream tar) throws IOException {
    throw new UnsupportedOperationException();
  }
}
