package dev.slipway.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Lets a step ask an SSH agent for what it needs to log in: which keys there are, and signatures.
 * Everything else, such as to add a key, to delete all of them or to lock the agent, is answered
 * with a failure, for the agent is the user's own.
 */
final class AgentRelay {
  private static final int FAILURE = 5;
  private static final int LIST_KEYS = 11;
  private static final int SIGN = 13;

  /** What OpenSSH's agent takes. */
  private static final int MAX_MESSAGE = 256 << 10;

  private final ByteChannel step;
  private final ByteChannel agent;

  AgentRelay(ByteChannel step, ByteChannel agent) {
    this.step = step;
    this.agent = agent;
  }

  /** Relays one request and its answer after the other, until a side hangs up. */
  void run() throws IOException {
    for (ByteBuffer request = read(step); request != null; request = read(step)) {
      ByteBuffer answer = failure();
      if (isAllowed(request)) {
        write(agent, request);
        answer = read(agent);
      }
      if (answer == null) {
        return;
      }
      write(step, answer);
    }
  }

  private static boolean isAllowed(ByteBuffer request) {
    int type = request.get(Integer.BYTES);
    return type == LIST_KEYS || type == SIGN;
  }

  private static ByteBuffer failure() {
    return ByteBuffer.allocate(Integer.BYTES + 1).putInt(1).put((byte) FAILURE).flip();
  }

  /** A message with its length before it; null at the end. */
  private static @Nullable ByteBuffer read(ByteChannel from) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    if (!fill(from, length)) {
      return null;
    }
    int size = length.flip().getInt();
    if (size < 1 || size > MAX_MESSAGE) {
      throw new IOException("a message of " + size + " bytes");
    }
    ByteBuffer message = ByteBuffer.allocate(Integer.BYTES + size).putInt(size);
    return fill(from, message) ? message.flip() : null;
  }

  private static boolean fill(ByteChannel from, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void write(ByteChannel to, ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      to.write(message);
    }
  }
}
