package dev.slipway.layer;

import dev.slipway.tree.FileTree;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A binary form of a whole tree, of which a directory is read only when somebody looks into it:
 * most builds look into a few of a base image's thousands. Entries are as in {@link
 * ChangeSetCodec}.
 *
 * <p>First stand tables of what entries share: attributes, origins, and files with several names;
 * then the root. Then come the blocks of directories, each behind those of its sub-directories. A
 * block has the number of children, then for each its kind, its name and its parts; for a file with
 * several names stands its number in the table, and behind a directory's parts where its block is.
 */
public final class TreeCodec {
  static final byte[] MAGIC = {'S', 'L', 'T', 'R', 1};

  private TreeCodec() {}

  /**
   * @param out stays open
   */
  public static void write(FileTree tree, OutputStream out, ChangeSetCodec.ContentEncoder contents)
      throws IOException {
    new TreeEncoder(contents).write(tree, out);
  }

  /**
   * The tree; what is wrong with a directory that has not been looked into is told, as a {@link
   * LayerException}, to whom looks into it first.
   *
   * @param encoded not copied, and read later too
   * @param contents called by any thread, later too
   * @throws LayerException if the bytes are not what {@link #write} gives, or of another version
   */
  public static FileTree read(byte[] encoded, ChangeSetCodec.ContentDecoder contents)
      throws IOException {
    return new TreeDecoder(encoded, contents).read();
  }
}
