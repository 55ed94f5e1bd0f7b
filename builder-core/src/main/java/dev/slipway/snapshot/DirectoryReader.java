package dev.slipway.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Port: opens files of a layer directory that belong to ids which this process is not. */
@FunctionalInterface
public interface DirectoryReader {
  /**
   * @param path below {@code directory}, without a leading slash; links are not followed
   */
  InputStream read(Path directory, byte[] path) throws IOException;
}
