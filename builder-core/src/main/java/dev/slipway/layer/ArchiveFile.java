package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that {@code ADD} may unpack. */
public final class ArchiveFile {
  private ArchiveFile() {}

  /**
   * What is in the archive, or null if the content is none: it is one if it begins, uncompressed
   * (gzip, bzip2, xz, zstd), with a tar header, whatever its name.
   *
   * @param tar a file to be made, which keeps the uncompressed archive for as long as the result is
   *     used; not made if the content is no archive
   */
  public static @Nullable ChangeSet read(Content content, LayerReadOptions options, Path tar)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
