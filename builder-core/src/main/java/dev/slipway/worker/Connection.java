package dev.slipway.worker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Frames over a pair of streams. Sending is thread-safe; receiving is for one thread. */
final class Connection {
  /** Bytes of a message before its body: a length, a kind, a number. */
  static final int HEADER = 9;

  private static final Frame[] KINDS = Frame.values();

  private final DataInputStream in;
  private final DataOutputStream out;

  /**
   * @param in buffered by the caller
   */
  Connection(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(out);
  }

  /** Writes a message's body. */
  @FunctionalInterface
  interface Body {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** A message as received. */
  record Message(Frame kind, int request, byte[] body) {}

  void send(Frame kind, int request, Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.writeTo(new DataOutputStream(bytes));
    byte[] written = bytes.toByteArray();
    send(kind, request, written, written.length);
  }

  /** Sends what says nothing to a process that has ended. */
  void trySend(Frame kind, int request, byte[] body) {
    try {
      send(kind, request, body, body.length);
    } catch (IOException e) {
      // it has ended, which who waits for an answer finds out with the reason
    }
  }

  void send(Frame kind, int request, byte[] body, int length) throws IOException {
    byte[] frame = new byte[HEADER + length];
    System.arraycopy(body, 0, frame, HEADER, length);
    sendFramed(kind, request, frame, length);
  }

  /**
   * Sends a body of which nothing is copied.
   *
   * @param frame the body after {@link #HEADER} bytes, which are overwritten
   */
  synchronized void sendFramed(Frame kind, int request, byte[] frame, int length)
      throws IOException {
    putInt(frame, 0, HEADER - 4 + length);
    frame[4] = (byte) kind.ordinal();
    putInt(frame, 5, request);
    out.write(frame, 0, HEADER + length);
    out.flush();
  }

  private static void putInt(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  /** Whether the next message, or a part of it, is there already. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /** The next message, or null at the end. */
  @Nullable Message receive() throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return null;
    }
    if (length < 5 || length > Frame.LARGEST) {
      throw new IOException("a message of " + length + " bytes");
    }
    int kind = in.readUnsignedByte();
    if (kind >= KINDS.length) {
      throw new IOException("a message of kind " + kind);
    }
    int request = in.readInt();
    byte[] body = new byte[length - 5];
    in.readFully(body);
    return new Message(KINDS[kind], request, body);
  }
}
