package dev.slipway.http;

import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * An entry of {@code no_proxy}: {@code *}, a domain with all below it, an address, or a range of
 * addresses as {@code 10.0.0.0/8}; all but the first and the last may end with a port. Names are
 * not resolved, so that a range covers only hosts that are written as addresses.
 */
record ProxyExclusion(String entry) {
  boolean covers(URI uri) {
    if (entry.equals("*")) {
      return true;
    }
    InetAddress address = UrlOrigin.address(uri);
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      InetAddress first = UrlOrigin.literal(entry.substring(0, slash));
      return address != null
          && first != null
          && inRange(address.getAddress(), first.getAddress(), entry.substring(slash + 1));
    }
    int colon = entry.lastIndexOf(':');
    // An address of IPv6 has a port behind brackets only.
    boolean hasPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    if (hasPort && !entry.substring(colon + 1).equals(String.valueOf(UrlOrigin.port(uri)))) {
      return false;
    }
    String host = hasPort ? entry.substring(0, colon) : entry;
    return address != null ? address.equals(UrlOrigin.literal(host)) : inDomain(uri, host);
  }

  private static boolean inDomain(URI uri, String entry) {
    String domain = (entry.startsWith(".") ? entry.substring(1) : entry).toLowerCase(Locale.ROOT);
    String host = UrlOrigin.host(uri);
    return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
  }

  private static boolean inRange(byte[] address, byte[] first, String length) {
    Integer bits = Ints.tryParse(length);
    if (bits == null || first.length != address.length || bits < 0 || bits > 8 * first.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (((first[i / 8] ^ address[i / 8]) & 0x80 >> i % 8) != 0) {
        return false;
      }
    }
    return true;
  }
}
