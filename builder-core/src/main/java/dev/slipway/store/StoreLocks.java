package dev.slipway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Locks between processes and between the threads of this one: each position of the store's lock
 * file is one lock, shared or exclusive. The system drops them when a process dies, however it
 * dies. Thread-safe.
 *
 * <p>POSIX locks belong to a process, not to a descriptor, and closing any descriptor of a file
 * drops all of them. A second channel in this JVM would therefore end the locks of the first one.
 * That is why this class has the one static table of the program: it gives all users of a store in
 * this JVM one channel, closed by the last.
 */
final class StoreLocks {
  /** Shared while an entry is being marked as used, exclusive while entries come or go by name. */
  static final long ENTRIES = 0;

  /** Held by the one process that prunes. */
  static final long PRUNE = 1;

  /** Held while the recorded total is changed. */
  static final long TOTAL = 2;

  private static final long LEASES = 1L << 60;
  private static final long NAMES = 1L << 61;

  private static final Map<Object, StoreLocks> BY_FILE = new HashMap<>();

  private final Object key;
  private final FileChannel channel;
  private final Map<Long, Held> held = new HashMap<>();
  private int users;

  private StoreLocks(Object key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  private record Held(FileLock lock, int holders) {}

  /** The locks of a lock file that exists. The caller closes them with {@link #release}. */
  static StoreLocks of(Path lockFile) {
    synchronized (BY_FILE) {
      try {
        // By stat, not by opening: see above. Two names of one file find one entry.
        Object key = keyOf(lockFile);
        StoreLocks locks = BY_FILE.get(key);
        if (locks == null) {
          FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE);
          locks = new StoreLocks(key, channel);
          BY_FILE.put(key, locks);
        }
        locks.users++;
        return locks;
      } catch (IOException e) {
        throw StoreException.of("open the lock file", lockFile, e);
      }
    }
  }

  private static Object keyOf(Path lockFile) throws IOException {
    Object key = Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey();
    return key == null ? lockFile.toRealPath() : key;
  }

  /** Whether these are the locks of the file that has this name now. */
  boolean areOf(Path lockFile) throws IOException {
    try {
      return key.equals(keyOf(lockFile));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether {@link #areOf} sees that another file has got the name. */
  boolean tellFilesApart() {
    return !(key instanceof Path);
  }

  /** Gives the channel back; whatever this user still holds must have been unlocked before. */
  void release() {
    synchronized (BY_FILE) {
      users--;
      if (users == 0) {
        BY_FILE.remove(key);
        try {
          channel.close();
        } catch (IOException e) {
          throw new StoreException("cannot close the store's lock file", null, e);
        }
      }
    }
  }

  static long lease(long id) {
    return LEASES + (id & (LEASES - 1));
  }

  /**
   * The lock of a name; two names may have the same one, which costs waiting but breaks nothing.
   */
  static long name(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return NAMES + (hash & (NAMES - 1));
  }

  /** Takes a lock if nobody is in the way, in this process or another. */
  synchronized boolean tryLock(long position, boolean shared) {
    Held present = held.get(position);
    if (present != null) {
      if (!shared || !present.lock.isShared()) {
        return false;
      }
      held.put(position, new Held(present.lock, present.holders + 1));
      return true;
    }
    FileLock lock = lockFile(position, shared);
    if (lock == null) {
      return false;
    }
    held.put(position, new Held(lock, 1));
    return true;
  }

  private @Nullable FileLock lockFile(long position, boolean shared) {
    try {
      // Never the blocking form: an interrupt would close the channel under everybody.
      return channel.tryLock(position, 1, shared);
    } catch (OverlappingFileLockException e) {
      // Held by this class in another class loader of this JVM.
      return null;
    } catch (IOException e) {
      throw new StoreException(
          "cannot lock the store: " + e.getMessage(),
          "the file system must have file locks: choose another one with --cache-dir",
          e);
    }
  }

  /** Takes a lock, waiting as long as it takes. */
  void lock(long position, boolean shared) {
    lock(position, shared, () -> {});
  }

  /**
   * Takes a lock.
   *
   * @param whileWaiting called before each pause, at least twenty times a second; what it throws
   *     ends the waiting
   */
  void lock(long position, boolean shared, Runnable whileWaiting) {
    for (long pause = 1; !tryLock(position, shared); pause = Math.min(pause * 2, 50)) {
      whileWaiting.run();
      await(pause);
    }
  }

  private synchronized void await(long millis) {
    try {
      // Woken by an unlock in this process; another process is asked again after the pause.
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for a lock of the store", null, e);
    }
  }

  synchronized void unlock(long position) {
    Held present = held.get(position);
    if (present == null) {
      throw new IllegalStateException("position " + position + " is not locked");
    }
    if (present.holders > 1) {
      held.put(position, new Held(present.lock, present.holders - 1));
      return;
    }
    held.remove(position);
    notifyAll();
    try {
      present.lock.release();
    } catch (IOException e) {
      throw new StoreException("cannot unlock the store", null, e);
    }
  }
}
