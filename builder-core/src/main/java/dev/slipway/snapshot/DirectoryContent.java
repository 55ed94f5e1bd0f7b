package dev.slipway.snapshot;

import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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
      return Files.newInputStream(file(), LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      return reader.read(directory, path);
    }
  }

  /** Names are bytes; only a URI takes them to the file system as they are. */
  private Path file() {
    StringBuilder uri = new StringBuilder(directory.toUri().getRawPath());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte b : path) {
      char c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || c == '/' || c == '.' || c == '_')) {
        uri.append(c);
      } else {
        uri.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return Path.of(URI.create("file://" + uri));
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
