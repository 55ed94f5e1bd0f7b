package dev.slipway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the parts of an open store have in common: its places, locks, lease and clock. */
final class StoreSession {
  final StoreLayout layout;
  final StoreLocks locks;
  final InstantSource clock;
  private final AtomicLong temporaries = new AtomicLong();
  private final Queue<Path> lent = new ConcurrentLinkedQueue<>();
  private final AtomicLong addedBytes = new AtomicLong();
  private volatile @Nullable Lease lease;

  StoreSession(StoreLayout layout, StoreLocks locks, InstantSource clock) {
    this.layout = layout;
    this.locks = locks;
    this.clock = clock;
  }

  /** The lease of this session, begun at the first use so that looking on costs nothing. */
  Lease lease() {
    Lease current = lease;
    return current != null ? current : beginLease();
  }

  private synchronized Lease beginLease() {
    Lease current = lease;
    if (current == null) {
      current = Lease.begin(layout, locks);
      lease = current;
    }
    return current;
  }

  synchronized void endLease() {
    Lease current = lease;
    if (current != null) {
      lease = null;
      current.end(locks);
    }
  }

  /** A name for a temporary file of this build; nothing is created. */
  Path temporaryFile() {
    return layout.temporary.resolve(lease().name() + "-" + temporaries.incrementAndGet());
  }

  /** The same, for a file that lives as long as the build. */
  Path lendTemporaryFile() {
    Path file = temporaryFile();
    lent.add(file);
    return file;
  }

  /** Deletes what is left of the files that were lent. */
  void deleteLent() {
    for (Path file; (file = lent.poll()) != null; ) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // the next prune finds it, as it finds what a killed build leaves
      }
    }
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  interface FileWriter {
    /**
     * @param file empty, for reading and writing; stays open
     */
    void write(FileChannel file) throws IOException;
  }

  /** Writes a file of the store aside, then gives it its name. */
  void writeFile(Path target, ByteBuffer... content) throws IOException {
    writeFile(
        target,
        channel -> {
          for (ByteBuffer part : content) {
            while (part.hasRemaining()) {
              channel.write(part);
            }
          }
        });
  }

  /** The same, by a writer. */
  void writeFile(Path target, FileWriter writer) throws IOException {
    Path temporary = temporaryFile();
    try {
      try (FileChannel channel = layout.createFile(temporary)) {
        writer.write(channel);
      }
      layout.move(temporary, target);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /**
   * Protects an entry until this session's lease ends, and marks it as used.
   *
   * @param lastUsed what the caller has just read as its modification time
   * @return false if it is gone
   */
  boolean use(Path file, FileTime lastUsed) throws IOException {
    FileTime start = lease().start();
    if (lastUsed.compareTo(start) >= 0) {
      return true;
    }
    // A prune deletes under the exclusive form of this lock, so it sees the mark or we see it gone.
    locks.lock(StoreLocks.ENTRIES, true);
    try {
      // Rounded up: not every system call keeps nanoseconds, and the mark must not precede the
      // lease.
      long millis = Math.max(clock.millis(), start.toMillis() + 1);
      Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } finally {
      locks.unlock(StoreLocks.ENTRIES);
    }
  }

  /** Counts what was added, for the recorded total. */
  void added(long bytes) {
    addedBytes.addAndGet(bytes);
  }

  long takeAdded() {
    return addedBytes.getAndSet(0);
  }
}
