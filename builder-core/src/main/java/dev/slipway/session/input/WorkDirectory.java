package dev.slipway.session.input;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A place for what lives no longer than a build; made when it is first wanted. Thread-safe. */
public final class WorkDirectory implements AutoCloseable {
  private final Path parent;
  private @Nullable Path root;
  private int count;

  public WorkDirectory(Path parent) {
    this.parent = parent;
  }

  /** An empty directory of its own. */
  public synchronized Path newDirectory() {
    try {
      if (root == null) {
        Files.createDirectories(parent);
        root = Files.createTempDirectory(parent, "slipway-"); // its owner's alone, says the JDK
      }
      return Files.createDirectory(root.resolve(Integer.toString(count++)));
    } catch (IOException e) {
      throw new BuildException(
          "cannot make a temporary directory in \"" + parent + "\": " + FileRefusal.reason(e), e);
    }
  }

  @Override
  public synchronized void close() {
    if (root == null) {
      return;
    }
    try {
      Files.walkFileTree(root, new Deletion());
    } catch (IOException e) {
      // What cannot be deleted here, the system's own cleaning of temporary files deletes.
    }
    root = null;
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
