package dev.slipway.archive;

import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The files of an archive or directory, by their names with slashes. */
interface ArchiveFiles {
  /** Null if there is no regular file of that name; links are followed, never to the outside. */
  @Nullable Content find(String name) throws IOException;

  /** For people. */
  String where();

  /**
   * The whole of a file.
   *
   * @throws ArchiveException if it is not there or larger than {@code limit}
   */
  default byte[] read(String name, int limit) throws IOException {
    Content content = find(name);
    if (content == null) {
      throw new ArchiveException("\"" + where() + "\" has no \"" + name + "\"");
    }
    try (InputStream in = content.open()) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ArchiveException(
            "\"" + name + "\" in \"" + where() + "\" is larger than " + limit + " bytes");
      }
      return bytes;
    }
  }
}
