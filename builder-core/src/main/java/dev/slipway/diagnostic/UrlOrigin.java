package dev.slipway.diagnostic;

import java.net.URI;
import java.util.Locale;

/** Where a URL leads: its scheme, host and port, which decide who may see what secret. */
public final class UrlOrigin {
  private UrlOrigin() {}

  /** Whether both have the same scheme, host and port, written out or not. */
  public static boolean isSame(URI one, URI other) {
    return scheme(one).equals(scheme(other))
        && host(one).equals(host(other))
        && port(one) == port(other);
  }

  /** In lower case; empty where there is none. */
  public static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
  }

  /** In lower case; empty where there is none. */
  public static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
  }
}
