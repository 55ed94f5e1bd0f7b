package dev.slipway.archive;

import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.layer.TarSliceContent;
import dev.slipway.tree.Content;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The members of an uncompressed tar archive, found by one pass over its headers. */
final class TarFiles implements ArchiveFiles {
  /** An image has some hundreds of members; what has more is no image. */
  private static final long MAX_MEMBERS = 100_000;

  private final String where;
  private final FileTree tree;

  private TarFiles(String where, FileTree tree) {
    this.where = where;
    this.tree = tree;
  }

  /**
   * @param tar must not change as long as contents are read
   * @param where the name for people
   */
  static TarFiles open(Path tar, String where) throws IOException {
    LayerReadOptions options = LayerReadOptions.archive(Origin.NONE).withMaxEntries(MAX_MEMBERS);
    try (InputStream in = Files.newInputStream(tar)) {
      FileTree tree =
          FileTree.EMPTY.apply(
              LayerReader.readChanges(
                  in,
                  options,
                  (path, size, offset, body) -> new TarSliceContent(tar, offset, size)));
      return new TarFiles(where, tree);
    }
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public @Nullable Content find(String name) {
    return tree.resolve(TreePath.of(name), FollowLast.YES).found() instanceof RegularFile file
        ? file.content()
        : null;
  }
}
