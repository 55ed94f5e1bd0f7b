package dev.slipway.registry;

import com.google.api.client.http.AbstractHttpContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request as it is: no retry, no redirect, no credentials of its own. What is under way
 * ends when the build is cancelled.
 */
final class HttpSender {
  static final String USER_AGENT = "slipway";

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
    AbortableClient client = new AbortableClient(connections.client());
    HttpRequest request = build(call, client);
    Cancellation.Registration registration = cancellation.onCancel(client::abort);
    boolean answered = false;
    try {
      HttpAnswer answer = new HttpAnswer(call, request.execute(), client::abort, registration);
      answered = true;
      return answer;
    } catch (IllegalStateException | IllegalArgumentException e) {
      // A pool that was closed, or a header or URL that Apache's client does not take.
      throw new IOException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!answered) {
        registration.close();
        client.abort();
      }
    }
  }

  private HttpRequest build(HttpCall call, AbortableClient client) throws IOException {
    HttpBody body = call.body();
    HttpRequest request =
        new ApacheHttpTransport(client)
            .createRequestFactory()
            .buildRequest(
                call.method(),
                new GenericUrl(call.url().toString(), true),
                body == null ? null : new Content(body));
    RegistryOptions options = connections.options();
    request
        .setThrowExceptionOnExecuteError(false)
        .setFollowRedirects(false)
        .setNumberOfRetries(0)
        .setLoggingEnabled(false)
        .setCurlLoggingEnabled(false)
        .setSuppressUserAgentSuffix(true)
        .setResponseReturnRawInputStream(true)
        .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
        .setReadTimeout(Math.toIntExact(options.silence().toMillis()));
    // A digest is over the bytes as they are, so nothing may pack them on the way.
    request.getHeaders().setAcceptEncoding("identity").setUserAgent(USER_AGENT);
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      request.getHeaders().set(header.getKey(), List.of(header.getValue()));
    }
    return request;
  }

  /** Remembers the request, so that it can be cut off from another thread. */
  private static final class AbortableClient extends CloseableHttpClient {
    private final CloseableHttpClient client;
    private volatile @Nullable HttpUriRequest request;
    private volatile boolean aborted;

    AbortableClient(CloseableHttpClient client) {
      this.client = client;
    }

    void abort() {
      aborted = true;
      HttpUriRequest current = request;
      if (current != null) {
        current.abort();
      }
    }

    @Override
    public CloseableHttpResponse execute(HttpUriRequest toSend) throws IOException {
      request = toSend;
      if (aborted) {
        throw new SocketTimeoutException("cancelled");
      }
      return client.execute(toSend);
    }

    @Override
    protected CloseableHttpResponse doExecute(
        HttpHost target, org.apache.http.HttpRequest ignored, HttpContext context) {
      throw new UnsupportedOperationException();
    }

    /** The pool outlives the request. */
    @Override
    public void close() {}

    @Override
    @Deprecated
    public org.apache.http.params.HttpParams getParams() {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public org.apache.http.conn.ClientConnectionManager getConnectionManager() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Content extends AbstractHttpContent {
    private final HttpBody body;

    Content(HttpBody body) {
      super(body.type());
      this.body = body;
    }

    @Override
    protected long computeLength() {
      return body.length();
    }

    @Override
    public boolean retrySupported() {
      return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }
  }
}
