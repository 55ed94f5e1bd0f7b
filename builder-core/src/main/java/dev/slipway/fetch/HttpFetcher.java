package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.http.PlainHttpClient;
import dev.slipway.http.Proxies;
import dev.slipway.http.TlsSockets;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.http.impl.client.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Downloads single files. Thread-safe; costs nothing until it is used. A redirect to another host
 * does not take credentials along.
 */
public final class HttpFetcher {
  /**
   * @param proxies which proxy for which URL
   * @param timeout for a connection and for each wait for bytes
   */
  public record Options(Proxies proxies, Duration timeout) {}

  private final Options options;
  private final HttpMemo memo;
  private @Nullable TlsSockets tls;

  public HttpFetcher(Options options, HttpMemo memo) {
    this.options = options;
    this.memo = memo;
  }

  /** One for all downloads, as it reads all certificate authorities. */
  private synchronized TlsSockets tls() {
    if (tls == null) {
      tls = TlsSockets.ofPlatform();
    }
    return tls;
  }

  /**
   * The file, from the server or, if that says it has not changed, from before.
   *
   * @param directory where a new file is written, under a name of its own
   * @throws FetchException if it cannot be had, is too large or has another checksum; nothing is
   *     left in the directory then
   */
  public HttpFile fetch(HttpSource source, Path directory, Cancellation cancellation) {
    String url = RedactedUrl.of(source.url());
    HttpMemo.Download before = memo.find(url).orElse(null);
    if (before != null && before.file().sha256().equals(source.sha256())) {
      return before.file();
    }
    try (CloseableHttpClient client = PlainHttpClient.builder(options.proxies(), tls()).build();
        HttpExchange exchange =
            HttpExchange.open(client, source, before, options.timeout(), cancellation)) {
      if (exchange.status() == HttpURLConnection.HTTP_NOT_MODIFIED && before != null) {
        return checked(before.file(), source);
      }
      if (exchange.status() != HttpURLConnection.HTTP_OK) {
        throw refused(source, exchange);
      }
      HttpFile file = new Download(source, directory, cancellation).read(exchange);
      remember(url, exchange, file);
      return file;
    } catch (RuntimeException e) {
      // A connection that is cut off under the client's hands fails in any way.
      cancellation.check();
      throw e;
    } catch (IOException e) {
      cancellation.check();
      throw new FetchException("cannot download \"" + url + "\": " + reason(e, source), e);
    }
  }

  /** Where the server says nothing to ask it with next time, there is no use in it. */
  private void remember(String url, HttpExchange exchange, HttpFile file) {
    String etag = exchange.header("ETag").orElse(null);
    String modified = isOld(exchange) ? exchange.header("Last-Modified").orElse(null) : null;
    if (etag != null || modified != null) {
      memo.remember(url, new HttpMemo.Download(etag, modified, file));
    }
  }

  /**
   * Times are whole seconds: what changed in the second it was sent in, may have changed again in
   * it (RFC 9110, 8.8.2.2).
   */
  private static boolean isOld(HttpExchange exchange) {
    Instant modified = exchange.lastModified();
    Instant sent = exchange.date();
    return modified != null && sent != null && sent.getEpochSecond() > modified.getEpochSecond();
  }

  private static FetchException refused(HttpSource source, HttpExchange exchange) {
    String message = "cannot download \"" + source + "\": the server answered " + exchange.answer();
    return switch (exchange.status()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          new FetchException(message, "the file may need credentials");
      case HttpURLConnection.HTTP_PROXY_AUTH ->
          new FetchException(
              message, "the proxy wants a user and a password: http://USER:PASSWORD@HOST:PORT");
      default -> new FetchException(message);
    };
  }

  private static String reason(IOException e, HttpSource source) {
    String message = e.getMessage();
    String kind = e.getClass().getSimpleName();
    if (e instanceof UnknownHostException) {
      return "unknown host \"" + source.uri().getHost() + "\"";
    }
    return message == null ? kind : RedactedUrl.inText(message, source.url());
  }

  /** The file if it has the checksum that is asked for. */
  static HttpFile checked(HttpFile file, HttpSource source) {
    String expected = source.sha256();
    if (expected != null && !expected.equals(file.sha256())) {
      throw new FetchException(
          "\"%s\" has the checksum sha256:%s, expected sha256:%s"
              .formatted(source, file.sha256(), expected),
          "if the file was meant to change, update the checksum");
    }
    return file;
  }
}
