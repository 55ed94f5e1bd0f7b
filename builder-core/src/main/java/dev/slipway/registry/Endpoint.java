package dev.slipway.registry;

import com.google.common.net.InetAddresses;
import dev.slipway.diagnostic.UrlOrigin;
import dev.slipway.reference.ImageReference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

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

  /** Whether {@code uri}'s host can only be this machine; names other than localhost never are. */
  static boolean isLoopback(URI uri) {
    String host = UrlOrigin.host(uri);
    if (host.equals("localhost")) {
      return true;
    }
    InetAddress literal = literal(host);
    return literal != null && literal.isLoopbackAddress();
  }

  /** Whether {@code uri}'s host is an address that is not on the public internet. */
  static boolean isPrivateAddress(URI uri) {
    InetAddress literal = literal(UrlOrigin.host(uri));
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

  private static @Nullable InetAddress literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return InetAddresses.isInetAddress(bare) ? InetAddresses.forString(bare) : null;
  }
}
