package dev.slipway.context;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds files of a context; one object for all of them, as a million files must
 * stay small.
 */
final class HostDirectory {
  private final Path path;
  private final @Nullable HostDirectory parent;
  private final FileDigests digests;
  private final OpenFolders folders;

  private HostDirectory(
      Path path, @Nullable HostDirectory parent, FileDigests digests, OpenFolders folders) {
    this.path = path;
    this.parent = parent;
    this.digests = digests;
    this.folders = folders;
  }

  static HostDirectory root(Path path, FileDigests digests, OpenFolders folders) {
    return new HostDirectory(path, null, digests, folders);
  }

  /**
   * A directory in this one.
   *
   * @param below its path, as long as nobody changes it
   */
  HostDirectory child(Path below) {
    return new HostDirectory(below, this, digests, folders);
  }

  /** Absolute. */
  Path path() {
    return path;
  }

  /** Null for the context's root. */
  @Nullable HostDirectory parent() {
    return parent;
  }

  FileDigests digests() {
    return digests;
  }

  /** The paths of what it holds; no link is followed below the context's root. */
  List<Path> list() throws IOException {
    return folders.list(this);
  }

  /** Opens a file in it for reading; no link is followed below the context's root. */
  SeekableByteChannel open(Path file) throws IOException {
    return folders.openFile(this, file);
  }
}
