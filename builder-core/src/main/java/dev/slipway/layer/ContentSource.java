package dev.slipway.layer;

import dev.slipway.tree.Content;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;

/** Makes the handle by which the body of an archive's member can be read later. */
@FunctionalInterface
public interface ContentSource {
  /**
   * @param offset where the body starts in the uncompressed archive
   * @param body the content; good until this returns, need not be read
   */
  Content contentOf(TreePath path, long size, long offset, InputStream body) throws IOException;
}
