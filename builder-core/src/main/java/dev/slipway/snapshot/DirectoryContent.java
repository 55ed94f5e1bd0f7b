package dev.slipway.snapshot;

import dev.slipway.tree.Content;
import dev.slipway.tree.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file in a layer directory. */
final class DirectoryContent implements Content {
  private final DirectoryReader reader;
  private final Path directory;
  private final byte[] path;
  private final long size;
  private final @Nullable String digest;

  DirectoryContent(
      DirectoryReader reader, Path directory, byte[] path, long size, @Nullable String digest) {
    this.reader = reader;
    this.directory = directory;
    this.path = path;
    this.size = size;
    this.digest = digest;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    try {
      // The directory holds the step's files only, none of which is moved any more.
      return Files.newInputStream(HostNames.resolve(directory, path), LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      return reader.read(directory, path);
    }
  }

  @Override
  public @Nullable String digestIfKnown() {
    return digest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DirectoryContent content
        && content.directory.equals(directory)
        && Arrays.equals(content.path, path);
  }

  @Override
  public int hashCode() {
    return 31 * directory.hashCode() + Arrays.hashCode(path);
  }
}
