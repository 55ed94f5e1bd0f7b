package dev.slipway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * The size of the store as a number in a file, so that a build can tell whether it must prune
 * without a scan. Builds add what they put; a prune sets it right.
 */
final class RecordedTotal {
  private final StoreSession session;

  RecordedTotal(StoreSession session) {
    this.session = session;
  }

  /** Adds what this session has put since the last time; returns the sum. */
  long update() {
    long added = session.takeAdded();
    if (added == 0) {
      return read();
    }
    session.locks.lock(StoreLocks.TOTAL, false);
    try {
      long total = Math.max(0, read() + added);
      write(total);
      return total;
    } finally {
      session.locks.unlock(StoreLocks.TOTAL);
    }
  }

  void set(long total) {
    session.locks.lock(StoreLocks.TOTAL, false);
    try {
      write(total);
    } finally {
      session.locks.unlock(StoreLocks.TOTAL);
    }
  }

  private long read() {
    try {
      byte[] bytes = Files.readAllBytes(session.layout.total);
      return bytes.length == Long.BYTES ? ByteBuffer.wrap(bytes).getLong() : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw StoreException.of("read", session.layout.total, e);
    }
  }

  private void write(long total) {
    // In place: should a kill tear eight bytes apart, the next prune sets them right.
    try (FileChannel channel = session.layout.openFile(session.layout.total)) {
      channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, total), 0);
    } catch (IOException e) {
      throw StoreException.of("write", session.layout.total, e);
    }
  }
}
