package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.http.BasicAuthorization;
import dev.slipway.http.UrlOrigin;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.utils.DateUtils;
import org.apache.http.impl.client.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/** A GET with its redirects followed, up to the last response. */
final class HttpExchange implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;
  private static final String GZIP = "gzip";

  private final HttpGet request;
  private final Cancellation.Registration registration;
  private final CloseableHttpResponse response;

  private HttpExchange(CloseableHttpClient client, HttpGet request, Cancellation cancellation)
      throws IOException {
    this.request = request;
    this.registration = cancellation.onCancel(request::abort);
    try {
      this.response = client.execute(request);
    } catch (IOException | RuntimeException e) {
      registration.close();
      throw e;
    }
  }

  /**
   * @param before what is there already and need not be sent again, or null
   * @param timeout for a connection and for each wait for bytes
   */
  static HttpExchange open(
      CloseableHttpClient client,
      HttpSource source,
      HttpMemo.@Nullable Download before,
      Duration timeout,
      Cancellation cancellation)
      throws IOException {
    URI start = source.uri();
    URI at = start;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      cancellation.check();
      HttpGet request = request(at, timeout);
      String user =
          RedactedUrl.userInfo(UrlOrigin.isSame(start, at) ? source.url() : at.toString());
      if (!user.isEmpty()) {
        request.setHeader("Authorization", BasicAuthorization.ofUserInfo(user));
      }
      if (before != null) {
        ask(request, before);
      }
      HttpExchange exchange = new HttpExchange(client, request, cancellation);
      String location = exchange.redirect();
      if (location == null) {
        return exchange;
      }
      exchange.close();
      at = target(at, location, source);
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  private static void ask(HttpGet request, HttpMemo.Download before) {
    if (before.etag() != null) {
      request.setHeader("If-None-Match", before.etag());
    } else if (before.modified() != null) {
      request.setHeader("If-Modified-Since", before.modified());
    }
  }

  private static HttpGet request(URI uri, Duration timeout) {
    int milliseconds = Math.toIntExact(timeout.toMillis());
    HttpGet request = new HttpGet(uri);
    request.setConfig(
        RequestConfig.custom()
            .setNormalizeUri(false)
            .setConnectTimeout(milliseconds)
            .setSocketTimeout(milliseconds)
            .build());
    request.setHeader("Accept", "*/*");
    request.setHeader("Accept-Encoding", GZIP);
    return request;
  }

  private static URI target(URI from, String location, HttpSource source) throws IOException {
    try {
      URI to = from.resolve(new URI(location.replace(" ", "%20")));
      if (!HttpSource.isHttp(to.toString())) {
        throw new FetchException(
            "\""
                + source
                + "\" redirects to \""
                + RedactedUrl.of(to.toString())
                + "\", expected http or https");
      }
      return to;
    } catch (URISyntaxException e) {
      throw new IOException("redirected to a malformed url", e);
    }
  }

  private @Nullable String redirect() {
    return switch (status()) {
      case 301, 302, 303, 307, 308 -> header("Location").orElse(null);
      default -> null;
    };
  }

  int status() {
    return response.getStatusLine().getStatusCode();
  }

  /** As {@code 404 Not Found}. */
  String answer() {
    String text = response.getStatusLine().getReasonPhrase();
    return text == null || text.isEmpty() ? String.valueOf(status()) : status() + " " + text;
  }

  Optional<String> header(String name) {
    Header header = response.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue);
  }

  /** Of the body, as announced; -1 where that is not known before it is read. */
  long length() {
    HttpEntity body = response.getEntity();
    return body == null ? 0 : isCompressed() ? -1 : body.getContentLength();
  }

  /** Only on the way: a file that is an archive comes without the header. */
  private boolean isCompressed() {
    return header("Content-Encoding").filter(GZIP::equalsIgnoreCase).isPresent();
  }

  @Nullable Instant lastModified() {
    return instant("Last-Modified");
  }

  /** When the answer was given, by the server's clock, or null. */
  @Nullable Instant date() {
    return instant("Date");
  }

  private @Nullable Instant instant(String header) {
    Date date = header(header).map(DateUtils::parseDate).orElse(null);
    return date == null ? null : date.toInstant();
  }

  /** The file, without the compression that it has on the way. */
  InputStream body() throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    return isCompressed() ? new GZIPInputStream(body) : body;
  }

  /** Without reading what is left of the body, which may be long. */
  @Override
  public void close() {
    registration.close();
    request.abort();
  }
}
