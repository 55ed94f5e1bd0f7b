package dev.slipway.worker;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.rootfs.CopiedRoots;
import dev.slipway.sandbox.rootfs.StepRoot;
import dev.slipway.sandbox.rootfs.TreeRemoval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Roots are copies on disk, in a directory that is locked as long as this worker lives: what a
 * worker that was killed has left is deleted by the next.
 */
final class CopiedGround implements Ground {
  private static final String PREFIX = "roots";
  private static final String LOCK = ".lock";
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Sandbox sandbox;
  private final Path scratch;
  private final FileChannel lock;
  private final CopiedRoots roots;

  private CopiedGround(Sandbox sandbox, Path scratch, FileChannel lock) {
    this.sandbox = sandbox;
    this.scratch = scratch;
    this.lock = lock;
    roots = new CopiedRoots(scratch);
  }

  /**
   * @param folder a directory for all workers' grounds, on the file system of layers
   */
  static CopiedGround make(Sandbox sandbox, Path folder) throws IOException {
    removeAbandoned(folder);
    while (true) {
      String name = PREFIX + Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path scratch = folder.resolve(name);
      FileChannel lock =
          FileChannel.open(
              lockOf(scratch), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      boolean made = false;
      try {
        lock.lock();
        // Another worker may have taken it for abandoned before it was locked.
        if (Files.exists(lockOf(scratch))) {
          Files.createDirectory(scratch, PRIVATE);
          made = true;
          return new CopiedGround(sandbox, scratch, lock);
        }
      } finally {
        if (!made) {
          lock.close();
        }
      }
    }
  }

  private static void removeAbandoned(Path folder) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(folder, PREFIX + "*" + LOCK)) {
      for (Path each : locks) {
        try (FileChannel channel = FileChannel.open(each, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock()) {
          if (held != null) {
            String name = each.getFileName().toString();
            TreeRemoval.remove(
                each.resolveSibling(name.substring(0, name.length() - LOCK.length())));
            Files.deleteIfExists(each);
          }
        } catch (NoSuchFileException e) {
          // its worker has ended, or another one has deleted it
        }
      }
    }
  }

  private static Path lockOf(Path scratch) {
    return scratch.resolveSibling(scratch.getFileName() + LOCK);
  }

  @Override
  public Sandbox sandbox() {
    return sandbox;
  }

  @Override
  public Path scratch() {
    return scratch;
  }

  /** A step's process is all that is its own. */
  @Override
  public void prepareThread() {}

  @Override
  public StepRoot root(StepRequest request, Path stepScratch) {
    return roots.root(request, stepScratch);
  }

  @Override
  public void close() throws IOException {
    TreeRemoval.remove(scratch);
    Files.deleteIfExists(lockOf(scratch));
    lock.close();
  }
}
