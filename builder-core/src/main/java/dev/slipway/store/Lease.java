package dev.slipway.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a running build. Whatever was made or used since the oldest living lease began is not
 * pruned; so a lease needs no list of what it protects. It lives as long as its position of the
 * lock file is locked, so that it ends with its process.
 *
 * @param name 16 hexadecimal digits; temporary files of the build begin with it
 * @param start when it began, by the clock of the file system, which also dates what the build
 *     makes
 */
record Lease(String name, long lockPosition, Path file, FileTime start) {

  /** The name that no lease has: temporary files under it are garbage. */
  static final String NOBODY = "0000000000000000";

  static Lease begin(StoreLayout layout, StoreLocks locks) {
    while (true) {
      long id = ThreadLocalRandom.current().nextLong();
      long position = StoreLocks.lease(id);
      String name = Hex.of(id);
      if (name.equals(NOBODY) || !locks.tryLock(position, false)) {
        continue;
      }
      // Locked before it can be seen, so that nobody takes it for dead.
      Path file = layout.leases.resolve(name);
      try {
        layout.createFile(file).close();
        return new Lease(name, position, file, Files.getLastModifiedTime(file));
      } catch (FileAlreadyExistsException e) {
        locks.unlock(position);
      } catch (IOException e) {
        locks.unlock(position);
        throw StoreException.of("begin a lease", file, e);
      }
    }
  }

  void end(StoreLocks locks) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw StoreException.of("end a lease", file, e);
    } finally {
      locks.unlock(lockPosition);
    }
  }

  /** Whether the build that has or had this name still runs. */
  static boolean isAlive(String name, StoreLocks locks) {
    if (name.length() != 16 || !Hex.isHex(name) || name.equals(NOBODY)) {
      return false;
    }
    long position = StoreLocks.lease(Long.parseUnsignedLong(name, 16));
    if (!locks.tryLock(position, false)) {
      return true;
    }
    locks.unlock(position);
    return false;
  }

  /** Whether a build was killed since the last prune. */
  static boolean anyDead(StoreLayout layout, StoreLocks locks) {
    for (Path file : Folder.list(layout.leases)) {
      // One that has just ended has released its lock after deleting its file.
      if (!isAlive(Folder.name(file), locks) && Files.exists(file)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets killed builds; the caller has swept what they left. */
  static void deleteDead(StoreLayout layout, StoreLocks locks) {
    for (Path file : Folder.list(layout.leases)) {
      if (!isAlive(Folder.name(file), locks)) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw StoreException.of("delete a dead lease", file, e);
        }
      }
    }
  }

  /** When the oldest living lease began; null if none lives. */
  static @Nullable FileTime oldestStart(StoreLayout layout, StoreLocks locks) {
    FileTime oldest = null;
    for (Path file : Folder.list(layout.leases)) {
      try {
        FileTime start = Files.getLastModifiedTime(file);
        if ((oldest == null || start.compareTo(oldest) < 0) && isAlive(Folder.name(file), locks)) {
          oldest = start;
        }
      } catch (NoSuchFileException e) {
        // It ended between the listing and now.
      } catch (IOException e) {
        throw StoreException.of("read a lease", file, e);
      }
    }
    return oldest;
  }
}
