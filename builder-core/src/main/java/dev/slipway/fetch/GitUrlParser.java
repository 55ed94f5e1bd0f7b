package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.http.PercentEncoding;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells git URLs from others and takes them apart. */
final class GitUrlParser {
  private static final Set<String> SCHEMES = Set.of("http", "https", "ssh", "git");

  private GitUrlParser() {}

  static Optional<GitSource> parse(String url) {
    if (url.startsWith("./") || url.startsWith("../")) {
      return Optional.empty();
    }
    String scheme = scheme(url);
    if (scheme == null) {
      return parseScp(url);
    }
    if (!SCHEMES.contains(scheme)) {
      return Optional.empty();
    }
    // Only the suffix tells a repository from a file to download.
    boolean http = scheme.startsWith("http");
    return http && !beforeOptions(url).endsWith(".git") ? Optional.empty() : parseUrl(url);
  }

  /** A URL that is known to be meant for git. */
  static Optional<GitSource> parseUrl(String url) {
    String remote = beforeOptions(url);
    if (remote.indexOf("://") + 3 == remote.length()) {
      throw new FetchException("git url \"" + RedactedUrl.of(url) + "\" has no host");
    }
    return Optional.of(withOptions(url, remote));
  }

  /** {@code [user@]host:path}; what git would take for one of its remote helpers is refused. */
  private static Optional<GitSource> parseScp(String url) {
    String remote = beforeOptions(url);
    int colon = remote.indexOf(':');
    if (colon <= 0 || !isScpHost(remote.substring(0, colon))) {
      return Optional.empty();
    }
    if (remote.startsWith(":", colon + 1)) {
      throw new FetchException(
          "\"" + remote.substring(0, colon) + "::\" is no transport for git",
          "use https://, ssh:// or git://");
    }
    return Optional.of(withOptions(url, remote));
  }

  private static boolean isScpHost(String text) {
    int at = text.indexOf('@');
    return isWord(text.substring(at + 1), "-.") && (at < 0 || isWord(text.substring(0, at), "-_"));
  }

  private static boolean isWord(String text, String more) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c < 0x80 && Character.isLetterOrDigit(c)) && more.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static @Nullable String scheme(String url) {
    int end = url.indexOf("://");
    return end > 0 && isWord(url.substring(0, end), "")
        ? url.substring(0, end).toLowerCase(Locale.ROOT)
        : null;
  }

  private static String beforeOptions(String url) {
    int end = 0;
    while (end < url.length() && url.charAt(end) != '#' && url.charAt(end) != '?') {
      end++;
    }
    return url.substring(0, end);
  }

  private static GitSource withOptions(String url, String remote) {
    int hash = url.indexOf('#');
    String fragment = hash < 0 ? "" : PercentEncoding.decode(url.substring(hash + 1));
    int mark = url.indexOf('?');
    String query =
        mark < 0 || (hash >= 0 && mark > hash)
            ? ""
            : url.substring(mark + 1, hash < 0 ? url.length() : hash);
    GitUrlOptions options = new GitUrlOptions(RedactedUrl.of(url), fragment);
    options.read(query);
    return options.source(remote);
  }
}
