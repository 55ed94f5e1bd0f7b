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

  /** Told how many bytes have been read, so that the sender may send as many more. */
  @FunctionalInterface
  interface Reception {
    void consumed(int bytes) throws IOException;
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

  /** What still comes is thrown away, and the sender is not held up. */
  @Override
  public void close() throws IOException {
    int left = 0;
    synchronized (this) {
      closed = true;
      for (byte[] piece : pieces) {
        left += piece.length;
      }
      pieces.clear();
    }
    if (left > 0) {
      reception.consumed(left);
    }
  }
}
