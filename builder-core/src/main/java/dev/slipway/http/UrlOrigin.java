package dev.slipway.http;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

  /** As written, or the one of the scheme. */
  static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
  }

  /** Whether the host can only be this machine; names other than localhost never are. */
  public static boolean isLoopback(URI uri) {
    InetAddress address = address(uri);
    return address == null ? host(uri).equals("localhost") : address.isLoopbackAddress();
  }

  /** The host where it is written as an address; null for a name. */
  public static @Nullable InetAddress address(URI uri) {
    return literal(host(uri));
  }

  /** The address that is written there, an IPv6 one with brackets or without; null for a name. */
  static @Nullable InetAddress literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return InetAddresses.isInetAddress(bare) ? InetAddresses.forString(bare) : null;
  }
}
