package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.StepOutput;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request that the worker has not answered yet. */
final class PendingRequest {
  private final @Nullable StepOutput output;
  private final Window window = new Window();
  private @Nullable ReceivedStream received;
  private byte @Nullable [] answer;
  private @Nullable SandboxException failure;

  /**
   * @param output hears what a step prints
   */
  PendingRequest(@Nullable StepOutput output) {
    this.output = output;
  }

  /** Where the answer's bytes go before it is complete. */
  void receiveInto(ReceivedStream stream) {
    received = stream;
  }

  /** How much may be sent for the request. */
  Window window() {
    return window;
  }

  void handle(Connection.Message message) throws IOException {
    switch (message.kind()) {
      case OUTPUT:
        print(message.body());
        break;
      case BYTES:
        ReceivedStream stream = received;
        if (stream != null) {
          stream.add(message.body());
        }
        break;
      case ROOM:
        window.give(new DataInputStream(new ByteArrayInputStream(message.body())).readInt());
        break;
      case DONE:
        complete(message.body(), null);
        break;
      case FAILED:
        DataInputStream body = new DataInputStream(new ByteArrayInputStream(message.body()));
        String text = StepRequestCodec.readText(body);
        String hint = StepRequestCodec.readText(body);
        complete(null, new SandboxException(text, hint.isEmpty() ? null : hint));
        break;
      default:
        throw new IOException("unexpected message " + message.kind());
    }
  }

  private void print(byte[] body) {
    StepOutput listener = output;
    if (listener != null) {
      byte[] bytes = new byte[body.length - 1];
      System.arraycopy(body, 1, bytes, 0, bytes.length);
      listener.print(body[0] == 1, bytes, bytes.length);
    }
  }

  void fail(SandboxException cause) {
    complete(null, cause);
  }

  private void complete(byte @Nullable [] body, @Nullable SandboxException cause) {
    synchronized (this) {
      if (answer != null || failure != null) {
        return;
      }
      answer = body;
      failure = cause;
      notifyAll();
    }
    window.close();
    ReceivedStream stream = received;
    if (stream != null) {
      stream.end(cause == null ? null : new IOException(cause.getMessage(), cause));
    }
  }

  /** Waits for the answer; an interrupt is kept for later, as the step goes on meanwhile. */
  DataInputStream await() {
    boolean interrupted = false;
    try {
      synchronized (this) {
        while (true) {
          SandboxException cause = failure;
          byte[] body = answer;
          if (cause != null) {
            throw new SandboxException(String.valueOf(cause.getMessage()), cause.hint(), cause);
          }
          if (body != null) {
            return new DataInputStream(new ByteArrayInputStream(body));
          }
          try {
            wait();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
