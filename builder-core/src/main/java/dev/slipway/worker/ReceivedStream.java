package dev.slipway.worker;

import dev.slipway.layer.BlockInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The bytes that messages bring, as a stream: filled by one thread, read by another. */
final class ReceivedStream extends BlockInputStream {
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private final Reception reception;
  private byte[] current = {};
  private int at;
  private boolean ended;
  private boolean closed;
  private @Nullable IOException failure;

  /** What the sender is told. */
  interface Reception {
    /** So many bytes have been read: as many more may be sent. */
    void consumed(int bytes) throws IOException;

    /** Nobody reads what is still to come. */
    default void closed() throws IOException {}
  }

  ReceivedStream(Reception reception) {
    this.reception = reception;
  }

  synchronized void add(byte[] piece) {
    if (!closed) {
      pieces.add(piece);
      notifyAll();
    }
  }

  /** No more comes; {@code cause} says why if that is no good end. */
  synchronized void end(@Nullable IOException cause) {
    ended = true;
    failure = cause;
    notifyAll();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, bytes, offset, count);
    at += count;
    return count;
  }

  private boolean next() throws IOException {
    synchronized (this) {
      while (pieces.isEmpty() && !ended) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
      }
      if (pieces.isEmpty()) {
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        return false;
      }
      current = pieces.remove();
      at = 0;
    }
    reception.consumed(current.length);
    return true;
  }

  /** What still comes is thrown away. */
  @Override
  public void close() throws IOException {
    boolean early;
    synchronized (this) {
      early = !closed && !ended;
      closed = true;
      pieces.clear();
    }
    if (early) {
      reception.closed();
    }
  }
}
