package dev.slipway.worker;

import java.io.IOException;

/** How much of a stream may still be sent before the receiver has to say that it has room. */
final class Window {
  private long room = Frame.WINDOW;
  private boolean closed;

  /** Waits for room, and takes it. */
  synchronized void take(int bytes) throws IOException {
    while (room <= 0 && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (closed) {
      throw new IOException("nobody reads any more");
    }
    room -= bytes;
  }

  synchronized void give(int bytes) {
    room += bytes;
    notifyAll();
  }

  /** Lets a waiting sender fail. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
