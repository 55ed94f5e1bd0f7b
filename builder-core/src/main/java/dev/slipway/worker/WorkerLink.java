package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.StepOutput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A worker process that is up, and the requests it has not answered. */
final class WorkerLink implements AutoCloseable {
  private static final int INPUT_BUFFER = 256 << 10;
  private static final int MOST_ERROR_TEXT = 16 << 10;
  private static final long PATIENCE_SECONDS = 5;

  private final Process process;
  private final Connection connection;
  private final Map<Integer, PendingRequest> pending = new ConcurrentHashMap<>();
  private final AtomicInteger lastRequest = new AtomicInteger();
  private final StringBuffer errorText = new StringBuffer();
  private final Thread errorReader;
  private volatile @Nullable SandboxException ended;

  WorkerLink(Process process) {
    this.process = process;
    connection =
        new Connection(
            new BufferedInputStream(process.getInputStream(), INPUT_BUFFER),
            process.getOutputStream());
    errorReader = daemon("slipway-worker-errors", this::readErrors);
    daemon("slipway-worker", this::receive);
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  Connection connection() {
    return connection;
  }

  /** A new request's number, with what waits for its answer. */
  record Numbered(int number, PendingRequest request) {}

  /** Sends a request. */
  Numbered request(Frame kind, @Nullable StepOutput output, Connection.Body body) {
    int number = lastRequest.incrementAndGet();
    PendingRequest request = new PendingRequest(output);
    send(kind, number, request, body);
    return new Numbered(number, request);
  }

  private void send(Frame kind, int number, PendingRequest request, Connection.Body body) {
    pending.put(number, request);
    try {
      connection.send(kind, number, body);
    } catch (IOException e) {
      // the worker has ended, which the receiving thread finds out with its reason
    }
    SandboxException reason = ended;
    if (reason != null) {
      request.fail(reason);
    }
  }

  /** Sends a request whose answer is a stream of bytes. */
  InputStream requestStream(Frame kind, Connection.Body body) {
    int number = lastRequest.incrementAndGet();
    PendingRequest request = new PendingRequest(null);
    ReceivedStream stream = new ReceivedStream(new Room(connection, number));
    request.receiveInto(stream);
    send(kind, number, request, body);
    return stream;
  }

  /** Tells the worker how much of a stream it may send. */
  private record Room(Connection connection, int number) implements ReceivedStream.Reception {
    @Override
    public void consumed(int bytes) throws IOException {
      connection.send(Frame.ROOM, number, out -> out.writeInt(bytes));
    }

    /** A worker that has ended meanwhile sends nothing either. */
    @Override
    public void closed() {
      connection.trySend(Frame.END, number, new byte[0]);
    }
  }

  private void receive() {
    SandboxException reason = null;
    try {
      while (true) {
        Connection.Message message = connection.receive();
        if (message == null) {
          break;
        }
        PendingRequest request = pending.get(message.request());
        if (request != null) {
          request.handle(message);
          if (message.kind() == Frame.DONE || message.kind() == Frame.FAILED) {
            pending.remove(message.request());
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      reason = new SandboxException("the worker process was not understood", null, e);
      process.destroyForcibly();
    }
    end(reason == null ? ending() : reason);
  }

  /** What is asked from now on, and has not been answered, fails for that reason. */
  void end(SandboxException reason) {
    ended = reason;
    for (PendingRequest request : pending.values()) {
      request.fail(reason);
    }
    pending.clear();
  }

  private SandboxException ending() {
    try {
      errorReader.join(TimeUnit.SECONDS.toMillis(1));
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String text = withoutWarnings(errorText.toString()).strip();
    String how = process.isAlive() ? "closed its output" : "ended with " + process.exitValue();
    return new SandboxException(
        "the worker process " + how + (text.isEmpty() ? "" : ": " + text),
        "slipway doctor tells what this machine lacks");
  }

  /**
   * What a JVM from Java 24 on says of the libraries that JNA loads is no reason for anything. The
   * option that silences it costs each start five milliseconds.
   */
  private static String withoutWarnings(String errors) {
    StringBuilder kept = new StringBuilder();
    for (String line : errors.split("\n")) {
      if (!line.startsWith("WARNING: ")) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  private void readErrors() {
    try (InputStream in = process.getErrorStream()) {
      byte[] bytes = new byte[4096];
      int count;
      while ((count = in.read(bytes)) > 0) {
        if (errorText.length() < MOST_ERROR_TEXT) {
          errorText.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // the process has ended
    }
  }

  /** Ends the worker; the end of its input is enough. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it has ended already
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
