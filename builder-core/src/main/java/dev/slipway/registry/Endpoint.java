package dev.slipway.registry;

import dev.slipway.http.UrlOrigin;
import dev.slipway.reference.ImageReference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;

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
    boolean plain = options.plainHttp().contains(registry) || UrlOrigin.isLoopback(https);
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

  /** Whether {@code uri}'s host is an address that is not on the public internet. */
  static boolean isPrivateAddress(URI uri) {
    InetAddress literal = UrlOrigin.address(uri);
    if (literal == null) {
      return UrlOrigin.isLoopback(uri);
    }
    return literal.isLoopbackAddress()
        || literal.isLinkLocalAddress()
        || literal.isSiteLocalAddress()
        || literal.isAnyLocalAddress()
        || literal.isMulticastAddress()
        || (literal instanceof Inet6Address && (literal.getAddress()[0] & 0xfe) == 0xfc);
  }
}
