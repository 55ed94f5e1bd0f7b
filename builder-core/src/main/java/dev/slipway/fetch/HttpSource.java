package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file to download.
 *
 * @param url http or https; a user and password in it are sent to that host only
 * @param sha256 what the content must hash to, lower-case hexadecimal, or null
 * @param maxBytes more than that is an error
 */
public record HttpSource(String url, @Nullable String sha256, long maxBytes) {
  /** Whether a source of ADD or a context is an http(s) URL at all. */
  public static boolean isHttp(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * The last element of the URL's path, decoded; empty if it has none. What cannot be a name is
   * called {@code download}, as in BuildKit.
   */
  public String fileName() {
    String path = uri().getPath();
    if (path == null) {
      return "";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    String name = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    return switch (name) {
      case "." -> "";
      case ".." -> "download";
      default -> name;
    };
  }

  URI uri() {
    try {
      return new URI(url.replace(" ", "%20"));
    } catch (URISyntaxException e) {
      throw new FetchException("malformed url \"" + RedactedUrl.of(url) + "\": " + e.getReason());
    }
  }

  @Override
  public String toString() {
    return RedactedUrl.of(url);
  }
}
