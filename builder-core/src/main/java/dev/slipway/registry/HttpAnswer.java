package dev.slipway.registry;

import dev.slipway.progress.Cancellation;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request. Whoever gets it closes it; a body read to its end leaves the
 * connection to the next request, any other is cut off rather than read.
 */
final class HttpAnswer implements Closeable {
  private final HttpCall call;
  private final HttpResponse response;
  private final Runnable abort;
  private final Cancellation.Registration registration;
  private boolean consumed;

  HttpAnswer(
      HttpCall call,
      HttpResponse response,
      Runnable abort,
      Cancellation.Registration registration) {
    this.call = call;
    this.response = response;
    this.abort = abort;
    this.registration = registration;
  }

  /** What it answers: after redirects, the last call. */
  HttpCall call() {
    return call;
  }

  int status() {
    return response.getStatusLine().getStatusCode();
  }

  boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (Header header : response.getHeaders(name)) {
      values.add(header.getValue());
    }
    return values;
  }

  /** -1 where it is not told. */
  long contentLength() {
    String value = header("Content-Length");
    try {
      return value == null ? -1 : Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The body; closed with this. */
  InputStream body() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /**
   * The whole body.
   *
   * @throws RegistryException if it is longer than {@code limit}
   */
  byte[] bytes(int limit) throws IOException {
    byte[] bytes = body().readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new RegistryException(
          call.describe() + ": the answer is longer than " + limit + " bytes");
    }
    consumed = true;
    return bytes;
  }

  /** At most {@code limit} bytes of the body, for messages. */
  byte[] excerpt(int limit) {
    try {
      byte[] bytes = body().readNBytes(limit);
      consumed = bytes.length < limit;
      return bytes;
    } catch (IOException e) {
      return new byte[0]; // the status is known, and that is what matters
    }
  }

  /** Tells that the body has been read to its end. */
  void consumed() {
    consumed = true;
  }

  @Override
  public void close() {
    registration.close();
    if (!consumed && !call.method().equals("HEAD")) {
      abort.run();
    }
  }
}
