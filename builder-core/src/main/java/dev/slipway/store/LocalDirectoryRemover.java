package dev.slipway.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Deletes with the rights of this process. Walks by open directories where the system has them, so
 * that a directory exchanged for a symbolic link meanwhile leads nowhere else; opens directories
 * that their owner has locked himself out of; takes any depth.
 */
public final class LocalDirectoryRemover implements DirectoryRemover {
  // Below this, directories are moved up first: descriptors, stack and path names are finite.
  private static final int MAX_DEPTH = 16;

  @Override
  public void remove(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      int moved = 0;
      int before;
      do {
        before = moved;
        moved = empty(directory, moved);
      } while (moved > before);
    }
    Files.deleteIfExists(directory);
  }

  private int empty(Path directory, int moved) throws IOException {
    try (DirectoryStream<Path> stream = open(directory)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        Walk walk = new Walk(secure, moved);
        walk.empty(secure, directory, 0);
        return walk.moved;
      }
      for (Path child : stream) {
        remove(child);
      }
      return moved;
    }
  }

  private static DirectoryStream<Path> open(Path directory) throws IOException {
    try {
      return Files.newDirectoryStream(directory);
    } catch (AccessDeniedException e) {
      makeAccessible(directory);
      return Files.newDirectoryStream(directory);
    }
  }

  private static void makeAccessible(Path directory) throws IOException {
    // By path, because a descriptor cannot be had; no step runs that could exchange the directory.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /** One pass over a directory tree. */
  private static final class Walk {
    private final SecureDirectoryStream<Path> top;
    private int moved;

    Walk(SecureDirectoryStream<Path> top, int moved) {
      this.top = top;
      this.moved = moved;
    }

    void empty(SecureDirectoryStream<Path> directory, Path path, int depth) throws IOException {
      for (Path child : directory) {
        Path name = child.getFileName();
        try {
          remove(directory, path, name, depth);
        } catch (AccessDeniedException e) {
          makeAccessible(path);
          remove(directory, path, name, depth);
        }
      }
    }

    private void remove(SecureDirectoryStream<Path> directory, Path path, Path name, int depth)
        throws IOException {
      if (!isDirectory(directory, name)) {
        directory.deleteFile(name);
      } else if (depth == MAX_DEPTH) {
        moved++;
        directory.move(name, top, name.getFileSystem().getPath(".slipway-deep-" + moved));
      } else {
        Path childPath = path.resolve(name);
        try (SecureDirectoryStream<Path> stream = open(directory, name, childPath)) {
          empty(stream, childPath, depth + 1);
        }
        directory.deleteDirectory(name);
      }
    }

    private static SecureDirectoryStream<Path> open(
        SecureDirectoryStream<Path> directory, Path name, Path path) throws IOException {
      try {
        return directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      } catch (AccessDeniedException e) {
        makeAccessible(path);
        return directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      }
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name)
        throws IOException {
      return directory
          .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isDirectory();
    }
  }
}
