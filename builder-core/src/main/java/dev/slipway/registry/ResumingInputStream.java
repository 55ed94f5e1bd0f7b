package dev.slipway.registry;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A blob's bytes as they arrive; where the connection breaks, another one goes on from there. Gives
 * up after a bounded number of breaks with hardly anything between them.
 */
final class ResumingInputStream extends InputStream {
  /** A connection that brought this much was worth opening. */
  private static final int PROGRESS = 64 << 10;

  private final RegistryHost host;
  private final HttpCall call;
  private final Scope scope;
  private final long size;
  private final TransferListener listener;
  private @Nullable HttpAnswer answer;
  private @Nullable InputStream body;
  private long position;
  private long positionOfLastBreak;
  private int breaks;
  private boolean ended;

  ResumingInputStream(
      RegistryHost host, HttpCall call, Scope scope, long size, TransferListener listener) {
    this.host = host;
    this.call = call;
    this.scope = scope;
    this.size = size;
    this.listener = listener;
  }

  /** Sends the first request, so that a refusal comes before anything is read. */
  ResumingInputStream open() throws IOException {
    try {
      connect();
      return this;
    } catch (IOException | RuntimeException e) {
      disconnect(false);
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    while (true) {
      try {
        InputStream in = body == null ? connect() : body;
        int count = in.read(buffer, offset, length);
        if (count >= 0) {
          position += count;
          listener.moved(position);
          return count;
        }
        if (position >= size) {
          // Who asks once more gets no new request: there is nothing from here on.
          ended = true;
          disconnect(true);
          return -1;
        }
        throw new IOException("the connection ended after " + position + " of " + size + " bytes");
      } catch (IOException e) {
        disconnect(false);
        host.cancellation().check();
        if (position - positionOfLastBreak >= PROGRESS) {
          breaks = 0;
        }
        positionOfLastBreak = position;
        if (++breaks >= host.retries().attempts()) {
          throw new IOException(call.describe() + ": " + e.getMessage(), e);
        }
        host.retries().pauseAfter(breaks);
      }
    }
  }

  private InputStream connect() throws IOException {
    HttpCall ranged = position == 0 ? call : call.withHeader("Range", "bytes=" + position + "-");
    HttpAnswer opened = host.send(ranged, scope);
    answer = opened;
    InputStream in = opened.body();
    long skipped = opened.status() == 206 ? startOfRange(opened) : 0;
    if (skipped > position) {
      throw new RegistryException(
          call.describe() + ": asked for bytes from " + position + ", got from " + skipped);
    }
    long length = opened.contentLength();
    if (length >= 0 && skipped + length != size) {
      throw new RegistryException(
          call.describe() + ": it has " + (skipped + length) + " bytes, expected " + size);
    }
    // A server without ranges sends everything again.
    in.skipNBytes(position - skipped);
    body = in;
    return in;
  }

  private static long startOfRange(HttpAnswer answer) {
    String range = answer.header("Content-Range");
    int dash = range == null ? -1 : range.indexOf('-');
    if (range != null && range.startsWith("bytes ") && dash > 0) {
      try {
        return Long.parseLong(range.substring(6, dash).trim());
      } catch (NumberFormatException e) {
        // as if there were none
      }
    }
    throw new RegistryException(answer.call().describe() + ": a partial answer without its range");
  }

  private void disconnect(boolean consumed) {
    HttpAnswer open = answer;
    answer = null;
    body = null;
    if (open != null) {
      if (consumed) {
        open.consumed();
      }
      open.close();
    }
  }

  @Override
  public void close() {
    disconnect(position >= size && body == null);
  }
}
