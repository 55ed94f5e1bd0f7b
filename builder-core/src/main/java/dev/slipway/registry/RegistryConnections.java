package dev.slipway.registry;

import dev.slipway.http.PlainHttpClient;
import dev.slipway.http.TlsSockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections to registries: one for all builds of a process, because setting up TLS
 * costs more than most requests. Opened with its first use. Thread-safe.
 */
public final class RegistryConnections implements Closeable {
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_CONNECTIONS_TO_ONE_HOST = 16;

  private final RegistryOptions options;

  /** Locks, by the authorities of URLs. */
  private final Map<String, Object> first = new ConcurrentHashMap<>();

  private final Set<String> met = ConcurrentHashMap.newKeySet();
  private @Nullable CloseableHttpClient client;
  private boolean closed;

  public RegistryConnections(RegistryOptions options) {
    this.options = options;
  }

  RegistryOptions options() {
    return options;
  }

  private synchronized CloseableHttpClient client() {
    if (closed) {
      throw new IllegalStateException("the registry connections are closed");
    }
    if (client == null) {
      client = open();
    }
    return client;
  }

  private CloseableHttpClient open() {
    TlsSockets tls = new TlsSockets(this::trust, options.untrustedTls());
    return PlainHttpClient.builder(options.proxies(), tls)
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS_TO_ONE_HOST)
        .setConnectionTimeToLive(5, TimeUnit.MINUTES)
        .build();
  }

  private SSLContext trust() {
    return options.certificateAuthorities().isEmpty()
        ? SSLContexts.createDefault()
        : TrustedCertificates.context(options.certificateAuthorities());
  }

  /**
   * Sends a request; the first one to a registry behind TLS alone, and others wait for its answer:
   * the handshakes that they would make beside it each take a young JVM 80 ms of processor time,
   * and they find a connection, or at least a session to resume.
   */
  CloseableHttpResponse execute(HttpUriRequest request) throws IOException {
    URI url = request.getURI();
    if ("https".equals(url.getScheme()) && !met.contains(url.getRawAuthority())) {
      synchronized (first.computeIfAbsent(url.getRawAuthority(), any -> new Object())) {
        if (!met.contains(url.getRawAuthority())) {
          try {
            return client().execute(request);
          } finally {
            met.add(url.getRawAuthority());
          }
        }
      }
    }
    return client().execute(request);
  }

  /** Closes every connection; requests that run fail. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
