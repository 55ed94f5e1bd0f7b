package dev.slipway.store;

import dev.slipway.diagnostic.FileRefusal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A lock on something outside of the store, between processes and between threads: a file that is
 * there while somebody holds it. The system drops the lock when its process dies; the file that
 * then stays is the next holder's to take away.
 */
public final class LockFile implements AutoCloseable {
  private static final long POSITION = 0;

  private final Path file;
  private final StoreLocks locks;

  private LockFile(Path file, StoreLocks locks) {
    this.file = file;
    this.locks = locks;
  }

  /**
   * Waits until the lock is free, and takes it.
   *
   * @param file in a directory that exists; nobody opens it for anything else
   * @param whileWaiting called before each pause, at least twenty times a second; what it throws
   *     ends the waiting
   * @return to be closed once by the caller, which gives the lock back
   * @throws IOException if the file cannot be made, or its file system has no locks
   */
  public static LockFile take(Path file, Runnable whileWaiting) throws IOException {
    while (true) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Somebody holds it, or was killed when he did.
      }
      try {
        LockFile lock = takeExisting(file, whileWaiting);
        if (lock != null) {
          return lock;
        }
      } catch (StoreException e) {
        if (e.getCause() instanceof NoSuchFileException) {
          continue;
        }
        if (e.getCause() instanceof IOException cause) {
          throw new IOException("cannot lock \"" + file + "\": " + FileRefusal.reason(cause), e);
        }
        throw e;
      }
    }
  }

  /** Null if the file was taken away, and perhaps made anew, by who held it until now. */
  private static @Nullable LockFile takeExisting(Path file, Runnable whileWaiting)
      throws IOException {
    StoreLocks locks = StoreLocks.of(file);
    boolean locked = false;
    boolean taken = false;
    try {
      if (locks.areOf(file)) {
        locks.lock(POSITION, false, whileWaiting);
        locked = true;
        taken = locks.areOf(file);
      }
      return taken ? new LockFile(file, locks) : null;
    } finally {
      if (!taken) {
        giveBack(locks, locked);
      }
    }
  }

  private static void giveBack(StoreLocks locks, boolean locked) {
    try {
      if (locked) {
        locks.unlock(POSITION);
      }
    } finally {
      locks.release();
    }
  }

  /** Takes the file away and gives the lock to the next. */
  @Override
  public void close() throws IOException {
    try {
      if (locks.tellFilesApart()) {
        Files.deleteIfExists(file);
      }
    } finally {
      giveBack(locks, true);
    }
  }
}
