package dev.slipway.worker;

import java.io.IOException;
import java.io.OutputStream;

/** A stream whose bytes go to the other process as messages, no faster than it reads them. */
final class SentStream extends OutputStream {
  private final Connection connection;
  private final WorkerLink.Numbered request;
  private final byte[] frame = new byte[Connection.HEADER + Frame.PIECE];
  private int filled;

  SentStream(Connection connection, WorkerLink.Numbered request) {
    this.connection = connection;
    this.request = request;
  }

  /** The other side wants no more; its answer tells why. */
  static final class Refused extends IOException {
    Refused(IOException cause) {
      super("the worker takes no more of the layer", cause);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, Frame.PIECE - filled);
      System.arraycopy(bytes, at, frame, Connection.HEADER + filled, count);
      filled += count;
      at += count;
      left -= count;
      if (filled == Frame.PIECE) {
        send();
      }
    }
  }

  private void send() throws IOException {
    try {
      request.request().window().take(filled);
      connection.sendFramed(Frame.BYTES, request.number(), frame, filled);
    } catch (IOException e) {
      throw new Refused(e);
    }
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    if (filled > 0) {
      send();
    }
  }
}
