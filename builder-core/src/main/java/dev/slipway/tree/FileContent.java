package dev.slipway.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of this machine that nobody changes while the handle is used, as one in a
 * build's own directory. Links are followed.
 *
 * @param size its bytes when it was looked at
 * @param digestIfKnown its SHA-256 in lower-case hexadecimal, or null
 */
public record FileContent(Path file, long size, @Nullable String digestIfKnown) implements Content {

  /** A file whose digest is not known. */
  public static FileContent of(Path file) throws IOException {
    return new FileContent(file, Files.size(file), null);
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }
}
