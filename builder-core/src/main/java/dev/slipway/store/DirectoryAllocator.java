package dev.slipway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes and unmakes the directories below {@code d}. Each is spoken for by exactly one file at any
 * time: a claim, which names the build that is filling it, or a record, which names what it holds.
 * One becomes the other by a rename, so that a kill between two system calls loses nothing.
 */
final class DirectoryAllocator {
  private static final String MARK = "-d-";

  private final StoreSession session;

  DirectoryAllocator(StoreSession session) {
    this.session = session;
  }

  AllocatedDirectory allocate() {
    StoreLayout layout = session.layout;
    while (true) {
      String name = DirectoryRecord.shortName(ThreadLocalRandom.current().nextLong());
      Path claim = claim(session.lease().name(), name);
      Path path = layout.directories.resolve(name);
      try {
        layout.createFile(claim).close();
        layout.createPlainDirectory(path);
        return new AllocatedDirectory(name, path, layout.works.resolve(name), claim);
      } catch (FileAlreadyExistsException e) {
        deleteClaim(claim);
      } catch (IOException e) {
        throw StoreException.of("create", path, e);
      }
    }
  }

  /**
   * Turns a claim into a record, unless there is a valid one.
   *
   * @param replace whether to take the place of a valid one, whose directory becomes garbage
   * @return the record that is there now
   */
  DirectoryRecord commit(
      AllocatedDirectory made, Path recordFile, DirectoryRecord record, boolean replace) {
    session.locks.lock(StoreLocks.ENTRIES, false);
    try {
      DirectoryRecord present = find(recordFile);
      if (present != null && !replace) {
        Files.setLastModifiedTime(recordFile, mark());
        return present;
      }
      if (present != null) {
        session.layout.move(recordFile, claim(Lease.NOBODY, present.shortName()));
      }
      try (FileChannel channel = FileChannel.open(made.claim(), StandardOpenOption.WRITE)) {
        channel.write(record.toBytes());
      }
      session.layout.move(made.claim(), recordFile);
      session.added(record.size());
      return record;
    } catch (IOException e) {
      throw StoreException.of("commit", recordFile, e);
    } finally {
      session.locks.unlock(StoreLocks.ENTRIES);
    }
  }

  /** A record whose directory is there; null if there is none. */
  @Nullable DirectoryRecord find(Path recordFile) throws IOException {
    DirectoryRecord record = DirectoryRecord.read(recordFile);
    return record != null && Files.isDirectory(path(record.shortName())) ? record : null;
  }

  /**
   * Makes a recorded directory garbage. The caller holds the exclusive lock of entries.
   *
   * @return the claim, to be given to {@link #remove}
   */
  Path forget(Path recordFile, String shortName) throws IOException {
    Path claim = claim(Lease.NOBODY, shortName);
    session.layout.move(recordFile, claim);
    return claim;
  }

  /** Deletes a claimed directory, then its claim; false if somebody uses it. */
  boolean remove(String shortName, Path claim, DirectoryRemover remover) throws IOException {
    long position = StoreLocks.name(shortName);
    if (!session.locks.tryLock(position, false)) {
      return false;
    }
    try {
      remover.remove(path(shortName));
      remover.remove(session.layout.works.resolve(shortName));
      Files.deleteIfExists(claim);
      return true;
    } finally {
      session.locks.unlock(position);
    }
  }

  Path path(String shortName) {
    return session.layout.directories.resolve(shortName);
  }

  /** The time to mark an entry with so that this build's lease protects it. */
  private FileTime mark() {
    return FileTime.fromMillis(
        Math.max(session.clock.millis(), session.lease().start().toMillis() + 1));
  }

  private Path claim(String lease, String shortName) {
    return session.layout.temporary.resolve(lease + MARK + shortName);
  }

  /** The short name in a claim's file name; null if the file is no claim. */
  static @Nullable String claimed(String fileName) {
    int mark = fileName.indexOf(MARK);
    if (mark != 16) {
      return null;
    }
    String name = fileName.substring(mark + MARK.length());
    return DirectoryRecord.isShortName(name) ? name : null;
  }

  private static void deleteClaim(Path claim) {
    try {
      Files.deleteIfExists(claim);
    } catch (IOException e) {
      throw StoreException.of("delete", claim, e);
    }
  }
}
