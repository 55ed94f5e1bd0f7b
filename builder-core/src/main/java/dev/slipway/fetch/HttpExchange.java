package dev.slipway.fetch;

import dev.slipway.diagnostic.UrlOrigin;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A GET with its redirects followed, up to the last response. */
final class HttpExchange implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;
  private static final String GZIP = "gzip";

  private final HttpURLConnection connection;
  private final Cancellation.Registration registration;
  private final int status;

  private HttpExchange(HttpURLConnection connection, Cancellation cancellation) throws IOException {
    this.connection = connection;
    this.registration = cancellation.onCancel(connection::disconnect);
    try {
      this.status = connection.getResponseCode();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * @param before what is there already and need not be sent again, or null
   */
  static HttpExchange open(
      HttpFetcher.Options options,
      HttpSource source,
      HttpMemo.@Nullable Download before,
      Cancellation cancellation)
      throws IOException {
    URI start = source.uri();
    URI at = start;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      cancellation.check();
      HttpURLConnection connection = connect(options, at);
      String user =
          RedactedUrl.userInfo(UrlOrigin.isSame(start, at) ? source.url() : at.toString());
      if (!user.isEmpty()) {
        connection.setRequestProperty("Authorization", basic(user));
      }
      if (before != null) {
        ask(connection, before);
      }
      HttpExchange exchange = new HttpExchange(connection, cancellation);
      String location = exchange.redirect();
      if (location == null) {
        return exchange;
      }
      exchange.close();
      at = target(at, location, source);
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  private static void ask(HttpURLConnection connection, HttpMemo.Download before) {
    if (before.etag() != null) {
      connection.setRequestProperty("If-None-Match", before.etag());
    } else if (before.modified() != null) {
      connection.setRequestProperty("If-Modified-Since", before.modified());
    }
  }

  private static HttpURLConnection connect(HttpFetcher.Options options, URI uri)
      throws IOException {
    List<Proxy> proxies = options.proxies().select(uri);
    Proxy proxy = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(proxy);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) options.timeout().toMillis());
    connection.setReadTimeout((int) options.timeout().toMillis());
    connection.setRequestProperty("User-Agent", options.userAgent());
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("Accept-Encoding", GZIP);
    return connection;
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

  /** What a header says for a user and password as they stand in a URL. */
  static String basic(String userInfo) {
    String decoded = PercentEncoding.decode(userInfo);
    return "Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable String redirect() {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> connection.getHeaderField("Location");
      default -> null;
    };
  }

  int status() {
    return status;
  }

  /** As {@code 404 Not Found}. */
  String answer() {
    try {
      String text = connection.getResponseMessage();
      return text == null ? String.valueOf(status) : status + " " + text;
    } catch (IOException e) {
      return String.valueOf(status);
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(connection.getHeaderField(name));
  }

  /** Of the body, as announced; -1 where that is not known before it is read. */
  long length() {
    return isCompressed() ? -1 : connection.getContentLengthLong();
  }

  /** Only on the way: a file that is an archive comes without the header. */
  private boolean isCompressed() {
    return header("Content-Encoding").filter(GZIP::equalsIgnoreCase).isPresent();
  }

  @Nullable Instant lastModified() {
    return instant(connection.getLastModified());
  }

  /** When the answer was given, by the server's clock, or null. */
  @Nullable Instant date() {
    return instant(connection.getDate());
  }

  /** Null for 0, which is what a header that is not there is read as. */
  private static @Nullable Instant instant(long milliseconds) {
    return milliseconds <= 0 ? null : Instant.ofEpochMilli(milliseconds);
  }

  /** The file, without the compression that it has on the way. */
  InputStream body() throws IOException {
    InputStream body = connection.getInputStream();
    return isCompressed() ? new GZIPInputStream(body) : body;
  }

  @Override
  public void close() {
    registration.close();
    connection.disconnect();
  }
}
