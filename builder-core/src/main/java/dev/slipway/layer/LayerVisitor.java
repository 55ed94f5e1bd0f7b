package dev.slipway.layer;

import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;

/**
 * Is told the members of an archive in the archive's order. Of two members of one path the later
 * counts. Directories may be missing on the way to a member, and may come after what is in them. No
 * path leads through a symbolic link of the same archive: such are resolved before.
 */
public interface LayerVisitor {
  /** A directory, a symbolic link or a device; a directory keeps what is already in it. */
  void put(TreePath path, Entry entry) throws IOException;

  /**
   * A regular file.
   *
   * @param offset where the body starts in the uncompressed archive
   * @param body the content, {@code size} bytes; good until this returns, need not be read to its
   *     end nor closed
   */
  void file(TreePath path, Metadata metadata, long size, long offset, InputStream body)
      throws IOException;

  /**
   * Another name of what is at {@code target}.
   *
   * @param target a member seen before, if the archive is as it should be; nothing was verified
   */
  void link(TreePath path, TreePath target) throws IOException;

  /** What lower layers have at the path is gone; what this layer has there stays. */
  void whiteout(TreePath path) throws IOException;

  /** What lower layers have in the directory at the path is gone. */
  void opaque(TreePath path) throws IOException;
}
