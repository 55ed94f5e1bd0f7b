package dev.slipway.fetch;

import dev.slipway.progress.Cancellation;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;

/** Downloads single files. Thread-safe; costs nothing until it is used. */
public final class HttpFetcher {
  /**
   * @param proxies which proxy for which URL
   * @param userAgent as sent
   * @param timeout for a connection and for each wait for a response
   */
  public record Options(ProxySelector proxies, String userAgent, Duration timeout) {}

  public HttpFetcher(Options options, HttpMemo memo) {}

  /**
   * The file, from the server or, if that says it has not changed, from before.
   *
   * @param directory where a new file is written, under a name of its own
   * @throws FetchException if it cannot be had, is too large or has another checksum; nothing is
   *     left in the directory then
   */
  public HttpFile fetch(HttpSource source, Path directory, Cancellation cancellation) {
    throw new UnsupportedOperationException();
  }
}
