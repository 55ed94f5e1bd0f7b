package dev.slipway.context;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists directories of a context, and opens its files, by the descriptors of their directories,
 * from the root down: who replaces a directory by a link while the context is read, leads nobody
 * out of it. The directories used last stay open. Thread-safe. Where the system has no such
 * descriptors, files are opened by their paths.
 */
final class OpenFolders {
  private static final int MOST = 16;
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Map<HostDirectory, SecureDirectoryStream<Path>> open =
      new LinkedHashMap<>(MOST, 0.75f, true);

  private boolean ended;

  /**
   * @param file its path, of which the name counts; what is thrown has all of it
   */
  SeekableByteChannel openFile(HostDirectory directory, Path file) throws IOException {
    try {
      return open(directory, file);
    } catch (FileSystemException e) {
      throw ofWholePath(file, e);
    }
  }

  private static FileSystemException ofWholePath(Path file, FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return new AccessDeniedException(file.toString());
    }
    return e instanceof NoSuchFileException
        ? new NoSuchFileException(file.toString())
        : new FileSystemException(file.toString(), null, e.getReason());
  }

  /** The paths of what the directory holds; no link is followed below the context's root. */
  synchronized List<Path> list(HostDirectory directory) throws IOException {
    try {
      return listed(directory);
    } catch (FileSystemException e) {
      throw ofWholePath(directory.path(), e);
    } finally {
      closeIfEnded();
    }
  }

  private List<Path> listed(HostDirectory directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    SecureDirectoryStream<Path> known = open.remove(directory);
    if (known != null) {
      // It may have been listed before, which one descriptor allows but once.
      known.close();
    }
    SecureDirectoryStream<Path> folder = folder(directory);
    if (folder != null) {
      folder.forEach(paths::add);
      return paths;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory.path())) {
      stream.forEach(paths::add);
    }
    return paths;
  }

  private SeekableByteChannel open(HostDirectory directory, Path file) throws IOException {
    while (true) {
      SecureDirectoryStream<Path> folder = folder(directory);
      if (folder == null) {
        return Files.newByteChannel(file, READ);
      }
      try {
        return folder.newByteChannel(file.getFileName(), READ);
      } catch (ClosedDirectoryStreamException e) {
        // Others have used so many in between.
      } finally {
        closeIfEnded();
      }
    }
  }

  private synchronized @Nullable SecureDirectoryStream<Path> folder(HostDirectory directory)
      throws IOException {
    SecureDirectoryStream<Path> known = open.get(directory);
    if (known != null) {
      return known;
    }
    HostDirectory parent = directory.parent();
    DirectoryStream<Path> made;
    if (parent == null) {
      made = Files.newDirectoryStream(directory.path());
    } else {
      SecureDirectoryStream<Path> above = folder(parent);
      if (above == null) {
        return null;
      }
      made = above.newDirectoryStream(directory.path().getFileName(), LinkOption.NOFOLLOW_LINKS);
    }
    if (!(made instanceof SecureDirectoryStream<Path> folder)) {
      made.close();
      return null;
    }
    open.put(directory, folder);
    if (open.size() > MOST) {
      Iterator<SecureDirectoryStream<Path>> oldest = open.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
    return folder;
  }

  private synchronized void closeIfEnded() {
    if (ended) {
      close();
    }
  }

  /** Closes what is open; from now on nothing stays open. */
  synchronized void close() {
    ended = true;
    for (SecureDirectoryStream<Path> each : open.values()) {
      try {
        each.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
    open.clear();
  }
}
