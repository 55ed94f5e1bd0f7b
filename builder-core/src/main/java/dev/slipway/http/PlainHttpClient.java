package dev.slipway.http;

import java.util.List;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.impl.client.HttpClientBuilder;

/**
 * A client that sends each request as it is: retries, redirects, credentials and compression are
 * for the caller to decide on, request by request. System properties are not looked at.
 */
public final class PlainHttpClient {
  private static final String USER_AGENT = "slipway";
  private static final int MAX_HEADER_LINE = 64 << 10;
  private static final int MAX_HEADERS = 200;

  private PlainHttpClient() {}

  public static HttpClientBuilder builder(Proxies proxies, TlsSockets tls) {
    MessageConstraints bounds =
        MessageConstraints.custom()
            .setMaxLineLength(MAX_HEADER_LINE)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    return HttpClientBuilder.create()
        .setUserAgent(USER_AGENT)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setSSLSocketFactory(tls)
        // For cookies, which there are none of; the list takes long to read.
        .setPublicSuffixMatcher(new PublicSuffixMatcher(List.of(), List.of()))
        .setDefaultConnectionConfig(ConnectionConfig.custom().setMessageConstraints(bounds).build())
        .setRoutePlanner(new ProxyRoutes(proxies));
  }
}
