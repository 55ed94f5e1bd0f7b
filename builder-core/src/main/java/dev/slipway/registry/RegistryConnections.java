package dev.slipway.registry;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.SystemDefaultRoutePlanner;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections to registries: one for all builds of a process, because setting up TLS
 * costs more than most requests. Opened with its first use. Thread-safe.
 */
public final class RegistryConnections implements Closeable {
  private static final String USER_AGENT = "slipway";
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_CONNECTIONS_TO_ONE_HOST = 16;
  private static final int MAX_HEADER_LINE = 64 << 10;
  private static final int MAX_HEADERS = 200;

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
    MessageConstraints bounds =
        MessageConstraints.custom()
            .setMaxLineLength(MAX_HEADER_LINE)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    // Retries, redirects and credentials are decided here, request by request, never below.
    HttpClientBuilder builder =
        // Without a word on proxies there is none: system properties are not looked at.
        HttpClients.custom()
            .setUserAgent(USER_AGENT)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setSSLSocketFactory(new TlsSockets(options))
            // For cookies, which there are none of; the list takes long to read.
            .setPublicSuffixMatcher(new PublicSuffixMatcher(List.of(), List.of()))
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS_TO_ONE_HOST)
            .setConnectionTimeToLive(5, TimeUnit.MINUTES)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setMessageConstraints(bounds).build());
    if (options.proxies() != null) {
      builder.setRoutePlanner(new SystemDefaultRoutePlanner(options.proxies()));
    }
    return builder.build();
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
