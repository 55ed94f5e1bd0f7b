package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, a bounded way ahead of its reader, so that making the
 * bytes and using them go on at the same time. What the stream throws, its reader is thrown. One
 * thread may read.
 */
public final class ReadAheadInputStream extends InputStream {
  private static final int PIECE = 128 << 10;
  private static final int PIECES = 8;

  private final InputStream in;
  private final Deque<Piece> filled = new ArrayDeque<>();
  private final Deque<byte[]> empty = new ArrayDeque<>();
  private int made;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;
  private Piece current = new Piece(new byte[0], 0);
  private int at;

  private record Piece(byte[] bytes, int length) {}

  private ReadAheadInputStream(InputStream in) {
    this.in = in;
  }

  /**
   * @param in closed by the thread that reads it, soon after the result is closed; here if the
   *     executor takes no more work
   * @param executor runs one task beside the caller, for as long as the stream is open
   */
  public static InputStream of(InputStream in, Executor executor) throws IOException {
    ReadAheadInputStream stream = new ReadAheadInputStream(in);
    try {
      executor.execute(stream::fill);
    } catch (RejectedExecutionException e) {
      in.close();
      throw e;
    }
    return stream;
  }

  private void fill() {
    Throwable thrown = null;
    try (in) {
      byte[] bytes = emptyPiece();
      while (bytes != null) {
        int length = in.readNBytes(bytes, 0, bytes.length);
        if (length > 0) {
          add(new Piece(bytes, length));
        }
        bytes = length < bytes.length ? null : emptyPiece();
      }
    } catch (IOException | RuntimeException | Error e) {
      thrown = e;
    }
    end(thrown);
  }

  /** Waits until one may be filled; null where nobody reads any more. */
  private synchronized byte @Nullable [] emptyPiece() {
    while (empty.isEmpty() && made == PIECES && !closed) {
      pause();
    }
    if (closed) {
      return null;
    }
    if (!empty.isEmpty()) {
      return empty.remove();
    }
    made++;
    return new byte[PIECE];
  }

  private synchronized void add(Piece piece) {
    filled.add(piece);
    notifyAll();
  }

  private synchronized void end(@Nullable Throwable thrown) {
    failure = thrown;
    ended = true;
    notifyAll();
  }

  /** The threads that come here are not interrupted: what ends a build ends what they read. */
  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() throws IOException {
    return at < current.length || next() ? current.bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current.bytes, at, buffer, start, count);
    at += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || at == current.length && !next()) {
      return 0;
    }
    int skipped = (int) Math.min(count, current.length - at);
    at += skipped;
    return skipped;
  }

  private synchronized boolean next() throws IOException {
    if (current.length > 0) {
      empty.add(current.bytes);
      current = new Piece(new byte[0], 0);
      at = 0;
      notifyAll();
    }
    while (filled.isEmpty() && !ended && !closed) {
      pause();
    }
    if (!filled.isEmpty()) {
      current = filled.remove();
      return true;
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IOException("the stream could not be read", failure);
    }
    if (closed) {
      throw new IOException("closed");
    }
    return false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
