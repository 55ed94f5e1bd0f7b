package dev.slipway.registry;

import com.google.common.net.InetAddresses;
import dev.slipway.reference.ImageReference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Where a registry's API is.
 *
 * @param registry as in an image reference
 * @param root as {@code https://registry-1.docker.io}, without a path
 */
record Endpoint(String registry, URI root) {

  static Endpoint of(String registry, RegistryOptions options) {
    String host = registry.equals(ImageReference.DOCKER_HUB) ? "registry-1.docker.io" : registry;
    URI https = URI.create("https://" + host);
    boolean plain = options.plainHttp().contains(registry) || isLoopback(https);
    return new Endpoint(registry, plain ? URI.create("http://" + host) : https);
  }

  /** {@code path} starts with {@code /v2/}. */
  URI resolve(String path) {
    return URI.create(root + path);
  }

  boolean isPlainHttp() {
    return root.getScheme().equals("http");
  }

  Endpoint withTls() {
    return new Endpoint(registry, URI.create("https://" + root.getRawAuthority()));
  }

  /** Whether both have the same scheme, host and port, and so may see the same secrets. */
  static boolean sameOrigin(URI a, URI b) {
    return scheme(a).equals(scheme(b)) && host(a).equals(host(b)) && port(a) == port(b);
  }

  /** Whether {@code uri}'s host can only be this machine; names other than localhost never are. */
  static boolean isLoopback(URI uri) {
    String host = host(uri);
    if (host.equals("localhost")) {
      return true;
    }
    InetAddress literal = literal(host);
    return literal != null && literal.isLoopbackAddress();
  }

  /** Whether {@code uri}'s host is an address that is not on the public internet. */
  static boolean isPrivateAddress(URI uri) {
    InetAddress literal = literal(host(uri));
    if (literal == null) {
      return isLoopback(uri);
    }
    return literal.isLoopbackAddress()
        || literal.isLinkLocalAddress()
        || literal.isSiteLocalAddress()
        || literal.isAnyLocalAddress()
        || literal.isMulticastAddress()
        || (literal instanceof Inet6Address && (literal.getAddress()[0] & 0xfe) == 0xfc);
  }

  private static @org.jspecify.annotations.Nullable InetAddress literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return InetAddresses.isInetAddress(bare) ? InetAddresses.forString(bare) : null;
  }

  static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
  }

  static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
  }
}
