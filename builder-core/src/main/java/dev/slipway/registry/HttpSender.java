package dev.slipway.registry;

import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.entity.AbstractHttpEntity;

/**
 * Sends one request as it is: no retry, no redirect, no credentials of its own. What is under way
 * ends when the build is cancelled.
 */
final class HttpSender {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  private final RegistryConnections connections;
  private final Cancellation cancellation;

  HttpSender(RegistryConnections connections, Cancellation cancellation) {
    this.connections = connections;
    this.cancellation = cancellation;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  RegistryOptions options() {
    return connections.options();
  }

  /**
   * @throws IOException if there was no answer
   */
  HttpAnswer send(HttpCall call) throws IOException {
    cancellation.check();
    Request request = build(call);
    Cancellation.Registration registration = cancellation.onCancel(request::abort);
    boolean answered = false;
    try {
      HttpResponse response = connections.execute(request);
      HttpAnswer answer = new HttpAnswer(call, response, request::abort, registration);
      answered = true;
      return answer;
    } catch (IllegalStateException | IllegalArgumentException e) {
      // A pool that was closed, or a header or URL that Apache's client does not take.
      throw new IOException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!answered) {
        registration.close();
        request.abort();
      }
    }
  }

  private Request build(HttpCall call) {
    Request request = new Request(call.method(), call.url());
    RegistryOptions options = connections.options();
    request.setConfig(
        RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setContentCompressionEnabled(false)
            .setNormalizeUri(false)
            .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
            .setSocketTimeout(Math.toIntExact(options.silence().toMillis()))
            .build());
    // A digest is over the bytes as they are, so nothing may pack them on the way.
    request.setHeader("Accept-Encoding", "identity");
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      request.setHeader(header.getKey(), header.getValue());
    }
    HttpBody body = call.body();
    if (body != null) {
      request.setEntity(new Content(body));
    }
    return request;
  }

  /** A request of any method, with or without a body. */
  private static final class Request extends HttpEntityEnclosingRequestBase {
    private final String method;

    Request(String method, URI url) {
      this.method = method;
      setURI(url);
    }

    @Override
    public String getMethod() {
      return method;
    }
  }

  private static final class Content extends AbstractHttpEntity {
    private final HttpBody body;

    Content(HttpBody body) {
      this.body = body;
      setContentType(body.type());
    }

    @Override
    public long getContentLength() {
      return body.length();
    }

    /** It is tried again, but not by the client. */
    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public InputStream getContent() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }
  }
}
