package dev.slipway.it.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One of the programs that are compared. */
interface Builder extends AutoCloseable {
  /** As the notes of cases and the list of tolerated differences call it. */
  String name();

  /** Of the installed program. */
  String version();

  /**
   * Builds in a directory.
   *
   * @param words options, and the context last
   * @param tag a name of this build's own
   * @param archive where to write the image, in the OCI layout or in docker's format
   * @return what it said when it failed, null when it succeeded
   */
  String build(Path directory, List<String> words, String tag, Path archive) throws IOException;

  @Override
  default void close() {}
}
