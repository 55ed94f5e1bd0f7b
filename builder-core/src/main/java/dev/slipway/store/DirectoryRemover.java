package dev.slipway.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Deletes a directory with everything in it. An ordinary user cannot delete what belongs to one of
 * his mapped ids, so that builds of such users hand in one that works inside their user namespace.
 */
@FunctionalInterface
public interface DirectoryRemover {
  /**
   * Deletes {@code directory} without following symbolic links; one that does not exist is a
   * success.
   *
   * @throws IOException if something is left; the store tries again at its next prune
   */
  void remove(Path directory) throws IOException;
}
